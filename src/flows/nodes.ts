import type { Flow, Ui, UiAttributes, UiNode, UiText } from '../model/flow.ts'
import { texts } from './texts.ts'

/** A field of a form; its attributes in Go's order. */
export const field = (
  group: string,
  name: string,
  type: string,
  value: unknown,
  parts: UiAttributes & { readonly label?: UiText } = {},
): UiNode => {
  const { label, ...attributes } = parts
  return { type: 'input', group, attributes: { name, type, value, ...attributes }, messages: [], label }
}

export const csrfNode = (value: string): UiNode => field('default', 'csrf_token', 'hidden', value, { required: true })

export const submit = (group: string, value: string, label: UiText, name = 'method'): UiNode =>
  field(group, name, 'submit', value, { label })

export const passwordNode = (autocomplete: string): UiNode =>
  field('password', 'password', 'password', undefined, { required: true, autocomplete, label: texts.password })

export const emailNode = (group: string, value: string | undefined): UiNode =>
  field(group, 'email', 'email', value, { required: true, label: texts.email })

export const continueNode = (group: string): UiNode => submit(group, group, texts.continue)

export const anchor = (group: string, id: string, href: string, title: UiText): UiNode => ({
  type: 'a',
  group,
  attributes: { href, title, id },
  messages: [],
  label: title,
})

export const idOf = ({ attributes }: UiNode): string => attributes.name ?? attributes.id ?? ''

export const findNode = (ui: Ui, id: string): UiNode | undefined => ui.nodes?.find((node) => idOf(node) === id)

export const append = (ui: Ui, ...nodes: readonly UiNode[]): void => {
  ui.nodes = [...(ui.nodes ?? []), ...nodes]
}

/** Puts a node in the place of the first one with its name, or at the end. */
export const upsert = (ui: Ui, node: UiNode): void => {
  const at = ui.nodes?.findIndex((other) => idOf(other) === idOf(node)) ?? -1
  if (at < 0) append(ui, node)
  else ui.nodes = ui.nodes!.with(at, node)
}

/** Puts the anti-CSRF token into a form, anew. */
export const putCsrf = (visit: { csrfToken(): string }, { ui }: Flow): void => upsert(ui, csrfNode(visit.csrfToken()))

/** Asks for an address (PopulateRecoveryMethod of codes and links, PopulateVerificationMethod of links). */
export const offerAddress = (visit: Parameters<typeof putCsrf>[0], flow: Flow, group: string): void => {
  putCsrf(visit, flow)
  upsert(flow.ui, emailNode(group, undefined))
  append(flow.ui, continueNode(group))
}

export const setValue = (ui: Ui, id: string, value: unknown): void => {
  const node = findNode(ui, id)
  if (node !== undefined) node.attributes.value = value
}

/** Takes away what looks like a node: of its name and group, type and value where it has them. */
export const removeLike = (ui: Ui, { group, attributes }: UiNode): void => {
  ui.nodes = (ui.nodes ?? []).filter(
    (node) =>
      node.group !== group ||
      idOf(node) !== attributes.name ||
      node.attributes.type !== attributes.type ||
      (attributes.value !== undefined && node.attributes.value !== attributes.value),
  )
}

export const resetMessages = (ui: Ui): void => {
  ui.messages = []
  for (const node of ui.nodes ?? []) node.messages = []
}

/** Puts a message at a field, which is made when there is none; or at the form (container.go AddMessage). */
export const addMessage = (ui: Ui, message: UiText, at = ''): void => {
  if (at === '') {
    ui.messages.push(message)
    return
  }
  const node = findNode(ui, at)
  if (node !== undefined) node.messages.push(message)
  else append(ui, { ...field('default', at, 'text', undefined), messages: [message] })
}

/** How a flow's nodes are put in order. */
export interface NodeOrder {
  readonly groups: readonly string[]
  readonly keys: readonly string[]
  /** Whether the default group and that of passwords are one to the keys. */
  readonly mixes: boolean
}

/** Go prints a value that is not there so. */
const printed = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '<nil>' : JSON.stringify(value)

/** Inserts each into the row before it, as far as neighbours are out of order: what Go's sort does to a short slice. */
const insertionSort = <T>(rows: readonly T[], less: (a: T, b: T) => boolean): T[] => {
  const sorted = [...rows]
  for (let end = 1; end < sorted.length; end++) {
    for (let at = end; at > 0 && less(sorted[at]!, sorted[at - 1]!); at--) {
      ;[sorted[at - 1], sorted[at]] = [sorted[at]!, sorted[at - 1]!]
    }
  }
  return sorted
}

/** By groups, and within them by the order of the keys (ui/node/node.go SortBySchema). */
export const sortNodes = (ui: Ui, { groups, keys, mixes }: NodeOrder): void => {
  if (ui.nodes === null) return
  const positionOf = (node: UiNode): number => {
    const id = idOf(node)
    if (id === 'method') return ui.nodes!.length + keys.length + 1
    const at = keys.findIndex((key) => id.startsWith(key))
    return at < 0 ? keys.length : at
  }
  const grouped = insertionSort(ui.nodes, (a, b) => groups.indexOf(a.group) < groups.indexOf(b.group))
  ui.nodes = insertionSort(grouped, (a, b) => {
    const isOne = mixes && [a, b].every(({ group }) => group === 'default' || group === 'password')
    if (a.group !== b.group && !isOne) return false
    const [x, y] = [positionOf(a), positionOf(b)]
    return x === y ? printed(a.attributes.value) < printed(b.attributes.value) : x < y
  })
}

// What stands in the place of preact/jsx-runtime where the first view is drawn.

type Props = Readonly<Record<string, unknown>>

/** An element, or what a component will be. */
export class Drawn {
  readonly type: string | ((props: Props) => unknown)
  readonly props: Props

  constructor(type: Drawn['type'], props: Props) {
    this.type = type
    this.props = props
  }
}

export const Fragment = ({ children }: Props): unknown => children

export const jsx = (type: Drawn['type'], props: Props): Drawn => new Drawn(type, props)

export const jsxs: typeof jsx = (...drawn) => jsx(...drawn)

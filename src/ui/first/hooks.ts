// What stands in the place of preact/hooks where the first view is drawn: each component is called once.

export const useState = <T>(initial: T | (() => T)): [T, () => void] => [
  typeof initial === 'function' ? (initial as () => T)() : initial,
  () => {},
]

export const useRef = <T>(initial: T): { current: T } => ({ current: initial })

export const useEffect = (): void => {}

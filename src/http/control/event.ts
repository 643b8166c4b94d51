/** A server-sent event. @param id from which a listener that lost the connection goes on. */
export const event = (name: string, data: string, id?: number): string =>
  `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`

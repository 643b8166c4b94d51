/**
 * What no property of Unicode that a regular expression knows tells apart: the directions (`Bidi_Class`) of what NFKC
 * leaves as it is, as golang.org/x/text/unicode/bidi has them. Each is a part of a character class.
 */

/** Signs that go from left to right, as letters do. */
export const LEFT_TO_RIGHT: string = [
  String.raw`\u0482\u055a-\u055f\u0589\u0964\u0965\u0970\u09f4-\u09fa\u09fd\u0a76\u0af0\u0b70\u0b72-\u0b77`,
  String.raw`\u0bf0-\u0bf2\u0c77\u0c7f\u0c84\u0d4f\u0d58-\u0d5e\u0d70-\u0d79\u0df4\u0e4f\u0e5a\u0e5b\u0f01-\u0f0b`,
  String.raw`\u0f0d-\u0f17\u0f1a-\u0f1f\u0f2a-\u0f34\u0f36\u0f38\u0f85\u0fbe-\u0fc5\u0fc7-\u0fcc\u0fce-\u0fda`,
  String.raw`\u104a-\u104f\u109e\u109f\u10fb\u1360-\u137c\u166d\u166e\u16eb-\u16ed\u1735\u1736\u17d4-\u17d6`,
  String.raw`\u17d8-\u17da\u19da\u1a1e\u1a1f\u1aa0-\u1aa6\u1aa8-\u1aad\u1b5a-\u1b6a\u1b74-\u1b7e\u1bfc-\u1bff`,
  String.raw`\u1c3b-\u1c3f\u1c7e\u1c7f\u1cc0-\u1cc7\u1cd3\u214f\u2336-\u237a\u2395\u26ac\u2800-\u28ff\u2d70`,
  String.raw`\u3190\u3191\u3248-\u324f\u327f\ua4fe\ua4ff\ua6f2-\ua6f7\ua789\ua78a\ua830-\ua837\ua8ce\ua8cf`,
  String.raw`\ua8f8-\ua8fa\ua8fc\ua92e\ua92f\ua95f\ua9c1-\ua9cd\ua9de\ua9df\uaa5c-\uaa5f\uaa77-\uaa79\uaade\uaadf`,
  String.raw`\uaaf0\uaaf1\uab5b\uabeb\u{10100}\u{10102}\u{10107}-\u{10133}\u{10137}-\u{1013f}\u{1018d}\u{1018e}`,
  String.raw`\u{101d0}-\u{101fc}\u{10320}-\u{10323}\u{1039f}\u{103d0}\u{1056f}\u{11047}-\u{1104d}`,
  String.raw`\u{110bb}\u{110bc}\u{110be}-\u{110c1}\u{11140}-\u{11143}\u{11174}\u{11175}\u{111c5}-\u{111c8}`,
  String.raw`\u{111cd}\u{111db}\u{111dd}-\u{111df}\u{111e1}-\u{111f4}\u{11238}-\u{1123d}\u{112a9}`,
  String.raw`\u{1144b}-\u{1144f}\u{1145a}\u{1145b}\u{1145d}\u{114c6}\u{115c1}-\u{115d7}\u{11641}-\u{11643}`,
  String.raw`\u{116b9}\u{1173a}-\u{1173f}\u{1183b}\u{118ea}-\u{118f2}\u{11944}-\u{11946}\u{119e2}`,
  String.raw`\u{11a3f}-\u{11a46}\u{11a9a}-\u{11a9c}\u{11a9e}-\u{11aa2}\u{11b00}-\u{11b09}\u{11c41}-\u{11c45}`,
  String.raw`\u{11c5a}-\u{11c6c}\u{11c70}\u{11c71}\u{11ef7}\u{11ef8}\u{11f43}-\u{11f4f}\u{11fc0}-\u{11fd4}`,
  String.raw`\u{11fff}\u{12470}-\u{12474}\u{12ff1}\u{12ff2}\u{16a6e}\u{16a6f}\u{16af5}\u{16b37}-\u{16b3f}`,
  String.raw`\u{16b44}\u{16b45}\u{16b5b}-\u{16b61}\u{16e80}-\u{16e9a}\u{1bc9c}\u{1bc9f}\u{1cf50}-\u{1cfc3}`,
  String.raw`\u{1d000}-\u{1d0f5}\u{1d100}-\u{1d126}\u{1d129}-\u{1d15d}\u{1d16a}-\u{1d16c}\u{1d183}\u{1d184}`,
  String.raw`\u{1d18c}-\u{1d1a9}\u{1d1ae}-\u{1d1ba}\u{1d1c1}-\u{1d1e8}\u{1d2c0}-\u{1d2d3}\u{1d2e0}-\u{1d2f3}`,
  String.raw`\u{1d360}-\u{1d378}\u{1d800}-\u{1d9ff}\u{1da37}-\u{1da3a}\u{1da6d}-\u{1da74}\u{1da76}-\u{1da83}`,
  String.raw`\u{1da85}-\u{1da8b}\u{1e14f}\u{1f150}-\u{1f169}\u{1f170}-\u{1f18f}\u{1f191}-\u{1f1ac}`,
  String.raw`\u{1f1e6}-\u{1f1ff}`,
].join('')

/** Letters that go neither way. */
export const NEUTRAL: string = String.raw`\u02b9\u02ba\u02c6-\u02cf\u02ec\u2e2f\ua67f\ua717-\ua71f\ua788\u{10140}-\u{10174}\u0609\u060a\u060c\u066a\u{1091f}\u{10b39}-\u{10b3f}\u{1eef0}\u{1eef1}`

// A film of our own making, put together as WebM (https://www.matroska.org/technical/elements.html) in the browser: every
// frame is a key frame, for a lossy WebP picture is nothing but one frame of VP8. All is noise, so that nothing of it is
// stored only once, except a bar at the left whose grey says which second it is.
// film(name, seconds) -> its size in bytes, once it is uploaded.
async function film(name, seconds) {
  const WIDE = 320, HIGH = 180, A_SECOND = 2;
  const join = parts => { const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0)); let at = 0; for (const part of parts) { all.set(part, at); at += part.length; } return all; };
  const number = (value, width) => Uint8Array.from({length: width}, (_, index) => Math.floor(value / 256 ** (width - 1 - index)) % 256);
  const id = hex => Uint8Array.from(hex.match(/../g), pair => parseInt(pair, 16));
  const element = (name, ...content) => { const body = join(content); return join([id(name), Uint8Array.of(0x01), number(body.length, 7), body]); };
  const words = text => new TextEncoder().encode(text);
  const real = value => { const bytes = new DataView(new ArrayBuffer(8)); bytes.setFloat64(0, value); return new Uint8Array(bytes.buffer); };

  const canvas = new OffscreenCanvas(WIDE, HIGH);
  const pen = canvas.getContext('2d', {alpha: false});
  const noise = pen.createImageData(WIDE, HIGH);
  const random = new Uint32Array(noise.data.buffer);
  let seed = 1;
  async function frame(second) {
    for (let i = 0; i < random.length; i++) random[i] = (seed = Math.imul(seed, 1664525) + 1013904223 >>> 0) | 0xff000000;
    pen.putImageData(noise, 0, 0);
    const grey = Math.round(255 * second / seconds);
    pen.fillStyle = `rgb(${grey}, ${grey}, ${grey})`;
    pen.fillRect(0, 0, 64, HIGH);
    const webp = new Uint8Array(await (await canvas.convertToBlob({type: 'image/webp', quality: 0.98})).arrayBuffer());
    const view = new DataView(webp.buffer);
    let at = 12;
    while (view.getUint32(at) !== 0x56503820) at += 8 + view.getUint32(at + 4, true) + view.getUint32(at + 4, true) % 2;
    return webp.subarray(at + 8, at + 8 + view.getUint32(at + 4, true));
  }

  const head = element('1a45dfa3', element('4286', number(1, 1)), element('42f7', number(1, 1)), element('42f2', number(4, 1)),
    element('42f3', number(8, 1)), element('4282', words('webm')), element('4287', number(2, 1)), element('4285', number(2, 1)));
  const about = join([element('1549a966', element('2ad7b1', number(1000000, 4)), element('4d80', words('dsync')), element('5741', words('dsync')), element('4489', real(seconds * 1000))),
    element('1654ae6b', element('ae', element('d7', number(1, 1)), element('73c5', number(1, 1)), element('83', number(1, 1)), element('86', words('V_VP8')),
      element('e0', element('b0', number(WIDE, 2)), element('ba', number(HIGH, 2)))))]);
  const clusters = [];
  for (let second = 0; second < seconds; second++) {
    const blocks = [];
    for (let i = 0; i < A_SECOND; i++) blocks.push(element('a3', Uint8Array.of(0x81), number(i * 1000 / A_SECOND, 2), Uint8Array.of(0x80), await frame(second)));
    clusters.push(element('1f43b675', element('e7', number(second * 1000, 4)), ...blocks));
  }
  const cues = first => { let at = first; return element('1c53bb6b', ...clusters.map((cluster, second) => { const point = element('bb', element('b3', number(second * 1000, 4)),
    element('b7', element('f7', number(1, 1)), element('f1', number(at, 6)))); at += cluster.length; return point; })); };
  const segment = element('18538067', about, cues(about.length + cues(0).length), ...clusters);
  const form = new FormData();
  form.append('path', '');
  form.append('file', new File([head, segment], name));
  const answer = await fetch('/api/files', {method: 'POST', body: form});
  if (answer.status !== 201) throw new Error(await answer.text());
  return head.length + segment.length;
}

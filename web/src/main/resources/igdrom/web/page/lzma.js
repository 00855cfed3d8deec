'use strict';
// Decompresses LZMA with the 13-byte header of .lzma files: one byte of properties, the size of the
// dictionary (4), the size of the output (8). It is here because it makes the engine a quarter
// smaller than what browsers decompress themselves.
//
// Spec: Igor Pavlov, "LZMA specification", draft of 2015-06-14.
function decompressed(input) {
  const lc = input[0] % 9;
  const lp = Math.floor(input[0] / 9) % 5;
  const pb = Math.floor(input[0] / 45);
  const out = new Uint8Array(new DataView(input.buffer, input.byteOffset).getUint32(5, true));
  const fresh = count => new Uint16Array(count).fill(1024);

  // The range coder.
  let at = 14;
  let range = 0xffffffff;
  let code = 0;
  for (let i = 0; i < 4; i++) {
    code = (code << 8 | input[at++]) >>> 0;
  }
  const normalize = () => {
    if (range < 0x1000000) {
      range = range << 8 >>> 0;
      code = (code << 8 | input[at++]) >>> 0;
    }
  };
  const bit = (probabilities, index) => {
    const probability = probabilities[index];
    const bound = (range >>> 11) * probability;
    let value = 0;
    if (code < bound) {
      range = bound;
      probabilities[index] += 2048 - probability >> 5;
    } else {
      range -= bound;
      code -= bound;
      probabilities[index] -= probability >> 5;
      value = 1;
    }
    normalize();
    return value;
  };
  const direct = count => {
    let value = 0;
    while (count-- > 0) {
      range >>>= 1;
      const one = code >= range;
      code -= one ? range : 0;
      value = value << 1 | one;
      normalize();
    }
    return value;
  };
  const tree = (probabilities, bits, offset = 0) => {
    let node = 1;
    for (let i = 0; i < bits; i++) {
      node = node << 1 | bit(probabilities, offset + node);
    }
    return node - (1 << bits);
  };
  const reverse = (probabilities, bits, offset = 0) => {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const next = bit(probabilities, offset + node);
      node = node << 1 | next;
      value |= next << i;
    }
    return value;
  };

  const lengths = () => ({ choice: fresh(2), low: fresh(128), middle: fresh(128), high: fresh(256) });
  const length = (coder, position) => {
    if (!bit(coder.choice, 0)) {
      return 2 + tree(coder.low, 3, position << 3);
    }
    return bit(coder.choice, 1) ? 18 + tree(coder.high, 8) : 10 + tree(coder.middle, 3, position << 3);
  };

  const literals = fresh(0x300 << lc + lp);
  const isMatch = fresh(12 << 4);
  const isRepeated = fresh(12);
  const isRepeated0 = fresh(12);
  const isLongRepeated0 = fresh(12 << 4);
  const isRepeated1 = fresh(12);
  const isRepeated2 = fresh(12);
  const slots = fresh(4 << 6);
  const special = fresh(115);
  const align = fresh(16);
  const matchLength = lengths();
  const repeatedLength = lengths();

  const distance = slotTree => {
    const slot = tree(slots, 6, slotTree << 6);
    if (slot < 4) {
      return slot;
    }
    const bits = (slot >> 1) - 1;
    const high = (2 | slot & 1) << bits;
    return slot < 14
      ? high + reverse(special, bits, high - slot)
      : (high >>> 0) + direct(bits - 4) * 16 + reverse(align, 4);
  };

  let state = 0;
  let [recent, second, third, fourth] = [0, 0, 0, 0];
  let position = 0;
  while (position < out.length) {
    const low = position & (1 << pb) - 1;
    if (!bit(isMatch, (state << 4) + low)) {
      const before = position > 0 ? out[position - 1] : 0;
      const offset = 0x300 * (((position & (1 << lp) - 1) << lc) + (before >> 8 - lc));
      let node = 1;
      if (state >= 7) {
        let match = out[position - recent - 1];
        while (node < 0x100) {
          const expected = match >> 7 & 1;
          match <<= 1;
          const next = bit(literals, offset + (1 + expected << 8) + node);
          node = node << 1 | next;
          if (next !== expected) {
            break;
          }
        }
      }
      while (node < 0x100) {
        node = node << 1 | bit(literals, offset + node);
      }
      out[position++] = node;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let count = 0;
    if (!bit(isRepeated, state)) {
      [second, third, fourth] = [recent, second, third];
      count = length(matchLength, low);
      state = state < 7 ? 7 : 10;
      recent = distance(Math.min(count - 2, 3));
    } else {
      if (bit(isRepeated0, state)) {
        if (!bit(isRepeated1, state)) {
          [recent, second] = [second, recent];
        } else if (!bit(isRepeated2, state)) {
          [recent, second, third] = [third, recent, second];
        } else {
          [recent, second, third, fourth] = [fourth, recent, second, third];
        }
      } else if (!bit(isLongRepeated0, (state << 4) + low)) {
        state = state < 7 ? 9 : 11;
        count = 1;
      }
      if (count === 0) {
        count = length(repeatedLength, low);
        state = state < 7 ? 8 : 11;
      }
    }
    for (; count > 0 && position < out.length; count--, position++) {
      out[position] = out[position - recent - 1];
    }
  }
  return out;
}

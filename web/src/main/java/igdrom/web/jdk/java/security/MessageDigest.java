package igdrom.web.jdk.java.security;

import java.util.Objects;

/// SHA-256.
///
/// Spec: FIPS 180-4, "SHA-256".
public final class MessageDigest {
    private static final int BLOCK = 64;

    /// Bytes of a block before the length of the message.
    private static final int LENGTH_OFFSET = 56;

    private static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
        0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
        0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
        0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
        0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2,
    };

    private final int[] state = {
        0x6a09e667,
        0xbb67ae85,
        0x3c6ef372,
        0xa54ff53a,
        0x510e527f,
        0x9b05688c,
        0x1f83d9ab,
        0x5be0cd19,
    };

    private final int[] words = new int[BLOCK];
    private final byte[] partial = new byte[BLOCK];
    private int pending;
    private long length;

    private MessageDigest() {}

    public static MessageDigest getInstance(String algorithm) throws NoSuchAlgorithmException {
        if (!algorithm.equals("SHA-256")) {
            throw new NoSuchAlgorithmException(algorithm + " is not available in the browser");
        }
        return new MessageDigest();
    }

    public void update(byte[] input, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, input.length);
        length += count;
        int at = offset;
        int left = count;
        if (pending > 0) {
            int taken = Math.min(left, BLOCK - pending);
            System.arraycopy(input, at, partial, pending, taken);
            pending += taken;
            at += taken;
            left -= taken;
            if (pending < BLOCK) {
                return;
            }
            block(partial, 0);
            pending = 0;
        }
        for (; left >= BLOCK; at += BLOCK, left -= BLOCK) {
            block(input, at);
        }
        System.arraycopy(input, at, partial, 0, left);
        pending = left;
    }

    /// The hash. The object is of no use afterwards.
    public byte[] digest() {
        long bits = length * 8;
        byte[] end = new byte[pending < LENGTH_OFFSET ? BLOCK : 2 * BLOCK];
        System.arraycopy(partial, 0, end, 0, pending);
        end[pending] = (byte) 0x80;
        putLong(end, end.length - Long.BYTES, bits);
        for (int at = 0; at < end.length; at += BLOCK) {
            block(end, at);
        }
        byte[] hash = new byte[state.length * Integer.BYTES];
        for (int i = 0; i < state.length; i++) {
            putInt(hash, i * Integer.BYTES, state[i]);
        }
        return hash;
    }

    private void block(byte[] in, int offset) {
        int[] w = words;
        for (int i = 0; i < 16; i++) {
            int at = offset + i * Integer.BYTES;
            w[i] =
                    (in[at] << 24)
                            | ((in[at + 1] & 0xff) << 16)
                            | ((in[at + 2] & 0xff) << 8)
                            | (in[at + 3] & 0xff);
        }
        for (int i = 16; i < BLOCK; i++) {
            int s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
            int s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < BLOCK; i++) {
            int s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
            int t1 = h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i];
            int s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
            int t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    /// Spelled out, since it is most of the work.
    private static int rotate(int value, int by) {
        return value >>> by | value << -by;
    }

    private static void putInt(byte[] out, int at, int value) {
        out[at] = (byte) (value >>> 24);
        out[at + 1] = (byte) (value >>> 16);
        out[at + 2] = (byte) (value >>> 8);
        out[at + 3] = (byte) value;
    }

    private static void putLong(byte[] out, int at, long value) {
        putInt(out, at, (int) (value >>> 32));
        putInt(out, at + Integer.BYTES, (int) value);
    }
}

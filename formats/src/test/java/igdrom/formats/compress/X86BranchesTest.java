package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.X86Options;

/// Compares the filter with xz, an independent implementation.
class X86BranchesTest {
    @Test
    void branches_become_relative_as_in_xz() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            byte[] code = code(seed);
            byte[] theirs =
                    new X86Options().getInputStream(new ByteArrayInputStream(code)).readAllBytes();
            byte[] ours = code.clone();
            X86Branches.toRelative(ours, ours.length);
            assertThat(ours).as("seed %d", seed).isEqualTo(theirs);
        }
    }

    @Test
    void relative_is_the_inverse_of_absolute() {
        for (int seed = 0; seed < 300; seed++) {
            byte[] code = code(seed);
            X86Branches.toAbsolute(code, code.length);
            X86Branches.toRelative(code, code.length);
            assertThat(code).as("seed %d", seed).isEqualTo(code(seed));
        }
    }

    @Test
    void call_of_the_next_instruction_gets_its_address() {
        byte[] code = Image.ofHex("90 e8 00000000 90").toByteArray();
        X86Branches.toAbsolute(code, code.length);
        assertThat(Image.of(code)).isEqualTo(Image.ofHex("90 e8 06000000 90"));
    }

    /// Code with many opcodes and sign bytes, so that operands overlap opcodes.
    private static byte[] code(int seed) {
        Random random = new Random(seed);
        byte[] code = new byte[random.nextInt(600)];
        random.nextBytes(code);
        for (int i = 0; i < code.length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> code[i] = (byte) (0xe8 + random.nextInt(2));
                case 1 -> code[i] = 0;
                case 2 -> code[i] = -1;
                default -> {
                    // Keep the random byte.
                }
            }
        }
        return code;
    }
}

package igdrom.web.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.web.jdk.java.security.MessageDigest;
import igdrom.web.jdk.java.security.NoSuchAlgorithmException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Each hash is compared with that of the JDK.
class MessageDigestTest {
    private static final long SEED = 18;

    @Test
    void hashes_of_all_lengths_around_a_block_are_those_of_the_jdk() throws Exception {
        Random random = new Random(SEED);
        for (int size = 0; size < 300; size++) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            assertThat(hash(bytes, size + 1)).isEqualTo(jdk(bytes));
        }
    }

    @Test
    void pieces_of_any_length_give_the_hash_of_the_whole() throws Exception {
        byte[] bytes = new byte[10_000];
        new Random(SEED).nextBytes(bytes);
        byte[] expected = jdk(bytes);
        for (int piece : new int[] {1, 7, 55, 56, 63, 64, 65, 127, 128, 1000, 10_000}) {
            assertThat(hash(bytes, piece)).isEqualTo(expected);
        }
    }

    @Test
    void a_message_of_more_than_4_gibit_is_counted_in_64_bits() throws Exception {
        byte[] piece = new byte[1 << 20];
        MessageDigest ours = MessageDigest.getInstance("SHA-256");
        java.security.MessageDigest jdk = java.security.MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < 513; i++) {
            ours.update(piece, 0, piece.length);
            jdk.update(piece, 0, piece.length);
        }
        assertThat(ours.digest()).isEqualTo(jdk.digest());
    }

    @Test
    void another_algorithm_and_a_range_outside_are_refused() throws Exception {
        assertThatThrownBy(() -> MessageDigest.getInstance("MD5"))
                .isInstanceOf(NoSuchAlgorithmException.class);
        MessageDigest ours = MessageDigest.getInstance("SHA-256");
        assertThatThrownBy(() -> ours.update(new byte[3], 2, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static byte[] hash(byte[] bytes, int piece) throws Exception {
        MessageDigest ours = MessageDigest.getInstance("SHA-256");
        for (int at = 0; at < bytes.length; at += piece) {
            ours.update(bytes, at, Math.min(piece, bytes.length - at));
        }
        return ours.digest();
    }

    private static byte[] jdk(byte[] bytes) throws Exception {
        return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
    }
}

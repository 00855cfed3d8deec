package igdrom.formats.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ExpansionBudgetTest {
    private static final Location PLACE = Location.root("packed");

    @Test
    void bytes_are_taken_whole_or_not_at_all() {
        ExpansionBudget allowance = new ExpansionBudget(10);
        assertThat(allowance.take(7)).isTrue();
        assertThat(allowance.take(4)).isFalse();
        assertThat(allowance.take(3)).isTrue();
        assertThat(allowance.most()).isZero();
    }

    @Test
    void threads_together_take_no_more_than_there_is() throws Exception {
        ExpansionBudget allowance = new ExpansionBudget(100_000);
        Callable<Long> greedy =
                () -> IntStream.range(0, 50_000).filter(_ -> allowance.take(3)).count();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            long taken = 0;
            for (var result : threads.invokeAll(List.of(greedy, greedy, greedy, greedy))) {
                taken += result.get();
            }
            assertThat(taken).isEqualTo(33_333);
        }
        assertThat(allowance.most()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void codec_takes_what_it_gives(Codec codec) {
        Image content = Samples.program(60_000);
        ExpansionBudget allowance = new ExpansionBudget(1 << 20);
        codec.decompress(Samples.packed(codec, content), PLACE, allowance);
        // Where the header does not say how much it is, there may be room behind it.
        int kept = (1 << 20) - allowance.most();
        if (codec == Codec.ZLIB) {
            assertThat(kept).isBetween(60_000, 120_000);
        } else {
            assertThat(kept).isEqualTo(60_000);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BROTLI")
    void stream_without_room_for_it_is_refused_or_damaged(Codec codec) {
        Image content = new Emitter().fill(0, 300_000).toImage();
        Image packed = Samples.packed(codec, content);
        ExpansionBudget allowance = new ExpansionBudget(500_000);
        assertThat(codec.decompress(packed, PLACE, allowance).orThrow()).isEqualTo(content);
        assertThatThrownBy(() -> codec.decompress(packed, PLACE, allowance).orThrow())
                .isInstanceOf(MalformedImageException.class);
        assertThat(allowance.most()).isNotNegative();
    }

    @Test
    void promise_of_more_than_is_left_says_what_was_there_in_all() {
        ExpansionBudget allowance = new ExpansionBudget(0x2000);
        assertThat(allowance.take(0x1000)).isTrue();
        assertThatThrownBy(() ->
                        Codec.EFI_1_1.decompress(
                                Image.ofHex("04000000 01100000 00000000"), PLACE, allowance))
                .hasMessage(
                        "packed +0x4: Original Size is 0x1001, of 0x2000 to unpack in all 0x1000"
                                + " are left");
    }

    @Test
    void stream_that_grows_beyond_what_is_left_ends_there_and_says_so() {
        ExpansionBudget allowance = new ExpansionBudget(400_000);
        OutputBuffer growth = new OutputBuffer(allowance, 400_000, 0);
        byte[] output = growth.first(1);
        assertThat(output).hasSize(1 << 16);
        // Another thread was faster.
        assertThat(allowance.take(330_000)).isTrue();
        assertThatThrownBy(() -> growth.larger(output))
                .isInstanceOf(CorruptStreamException.class)
                .hasMessage("the stream goes on, no more than 0x61a80 bytes are unpacked in all");
    }

    @Test
    void growth_takes_less_where_less_is_left() throws CorruptStreamException {
        ExpansionBudget allowance = new ExpansionBudget(300_000);
        OutputBuffer growth = new OutputBuffer(allowance, 400_000, 0);
        byte[] output = growth.larger(growth.larger(growth.first(1)));
        assertThat(output).hasSize(262_144);
        assertThat(growth.larger(output)).hasSize(300_000);
    }

    @Test
    void damaged_stream_gives_back_what_it_did_not_need() {
        Image packed = Codec.LZMA.compress(Samples.noise(70_000));
        ExpansionBudget allowance = new ExpansionBudget(1 << 20);
        Decompressed decompressed = Codec.LZMA.decompress(packed.slice(0, 1000), PLACE, allowance);
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        assertThat(allowance.most()).isEqualTo((1 << 20) - (int) decompressed.bytes().size());
    }

    @Test
    void variant_of_efi_that_is_dropped_is_given_back() {
        Image content = Samples.program(30_000);
        ExpansionBudget allowance = new ExpansionBudget(1 << 20);
        assertThat(Codec.decompressEfi(Codec.TIANO.compress(content), PLACE, allowance)).hasSize(1);
        assertThat(allowance.most()).isEqualTo((1 << 20) - 30_000);
    }
}

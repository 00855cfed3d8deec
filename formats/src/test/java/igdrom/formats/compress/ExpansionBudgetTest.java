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
    private static final Location LOCATION = Location.root("compressed");

    @Test
    void take_takes_all_bytes_or_none() {
        ExpansionBudget budget = new ExpansionBudget(10);
        assertThat(budget.take(7)).isTrue();
        assertThat(budget.take(4)).isFalse();
        assertThat(budget.take(3)).isTrue();
        assertThat(budget.available()).isZero();
    }

    @Test
    void threads_together_take_no_more_than_the_total() throws Exception {
        ExpansionBudget budget = new ExpansionBudget(100_000);
        Callable<Long> greedy =
                () -> IntStream.range(0, 50_000).filter(_ -> budget.take(3)).count();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            long taken = 0;
            for (var result : threads.invokeAll(List.of(greedy, greedy, greedy, greedy))) {
                taken += result.get();
            }
            assertThat(taken).isEqualTo(33_333);
        }
        assertThat(budget.available()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void codec_takes_the_size_of_its_output(Codec codec) {
        Image content = Samples.program(60_000);
        ExpansionBudget budget = new ExpansionBudget(1 << 20);
        codec.decompress(Samples.compressed(codec, content), LOCATION, budget);
        // Without a size in the header, the buffer may keep unused bytes.
        int kept = (1 << 20) - budget.available();
        if (codec == Codec.ZLIB) {
            assertThat(kept).isBetween(60_000, 120_000);
        } else {
            assertThat(kept).isEqualTo(60_000);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "BROTLI")
    void stream_that_exceeds_the_budget_is_refused_or_damaged(Codec codec) {
        Image content = new Emitter().fill(0, 300_000).toImage();
        Image compressed = Samples.compressed(codec, content);
        ExpansionBudget budget = new ExpansionBudget(500_000);
        assertThat(codec.decompress(compressed, LOCATION, budget).orThrow()).isEqualTo(content);
        assertThatThrownBy(() -> codec.decompress(compressed, LOCATION, budget).orThrow())
                .isInstanceOf(MalformedImageException.class);
        assertThat(budget.available()).isNotNegative();
    }

    @Test
    void promise_that_exceeds_the_budget_is_refused_with_its_total() {
        ExpansionBudget budget = new ExpansionBudget(0x2000);
        assertThat(budget.take(0x1000)).isTrue();
        assertThatThrownBy(() ->
                        Codec.EFI_1_1.decompress(
                                Image.ofHex("04000000 01100000 00000000"), LOCATION, budget))
                .hasMessage(
                        "compressed +0x4: Original Size is 0x1001, 0x1000 bytes of the"
                                + " decompression limit 0x2000 are left");
    }

    @Test
    void output_that_exceeds_the_budget_is_damaged() {
        ExpansionBudget budget = new ExpansionBudget(400_000);
        OutputBuffer buffer = new OutputBuffer(budget, 400_000, 0);
        byte[] output = buffer.allocate(1);
        assertThat(output).hasSize(1 << 16);
        // Another thread takes most of the rest.
        assertThat(budget.take(330_000)).isTrue();
        assertThatThrownBy(() -> buffer.grow(output))
                .isInstanceOf(CorruptStreamException.class)
                .hasMessage("the stream exceeds the decompression limit of 0x61a80 bytes");
    }

    @Test
    void buffer_grows_by_less_when_less_is_left() throws CorruptStreamException {
        ExpansionBudget budget = new ExpansionBudget(300_000);
        OutputBuffer buffer = new OutputBuffer(budget, 400_000, 0);
        byte[] output = buffer.grow(buffer.grow(buffer.allocate(1)));
        assertThat(output).hasSize(262_144);
        assertThat(buffer.grow(output)).hasSize(300_000);
    }

    @Test
    void damaged_stream_returns_unused_bytes_to_the_budget() {
        Image compressed = Codec.LZMA.compress(Samples.noise(70_000));
        ExpansionBudget budget = new ExpansionBudget(1 << 20);
        Decompressed decompressed =
                Codec.LZMA.decompress(compressed.slice(0, 1000), LOCATION, budget);
        assertThat(decompressed).isInstanceOf(Decompressed.Damaged.class);
        assertThat(budget.available()).isEqualTo((1 << 20) - (int) decompressed.bytes().size());
    }

    @Test
    void rejected_efi_result_is_returned_to_the_budget() {
        Image content = Samples.program(30_000);
        ExpansionBudget budget = new ExpansionBudget(1 << 20);
        assertThat(Codec.decompressEfi(Codec.TIANO.compress(content), LOCATION, budget)).hasSize(1);
        assertThat(budget.available()).isEqualTo((1 << 20) - 30_000);
    }
}

package igdrom.formats.pfs;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.biosguard.BlockEmitter;
import org.junit.jupiter.api.Test;

class ChunksTest {
    private static final Location LOCATION = Location.root("PFS");
    private static final Guid NAME = Guid.of("11111111-2222-3333-4444-555555555555");

    private static Image joined(PfsEmitter pfs) {
        Diagnostics diagnostics = new Diagnostics();
        Chunks chunks = Chunks.of(pfs.build(), LOCATION, diagnostics).orElseThrow();
        assertThat(diagnostics.list()).isEmpty();
        return Image.join(chunks.pieces());
    }

    private static Image block(long offset, String data) {
        Emitter out = new Emitter();
        new BlockEmitter("DELL", false).block(offset, Image.ofAscii(data)).write(out);
        return out.toImage();
    }

    @Test
    void chunks_are_ordered_by_the_offsets_in_their_metadata() {
        PfsEmitter pfs =
                new PfsEmitter()
                        .addChunk(NAME, 4, 0xff000004L, Image.ofAscii("more"))
                        .addChunk(NAME, 8, 0xff000008L, Image.ofAscii("last"))
                        .addChunk(NAME, 0, 0xff000000L, Image.ofAscii("this"));
        assertThat(joined(pfs)).isEqualTo(Image.ofAscii("thismorelast"));
    }

    @Test
    void chunks_without_metadata_are_ordered_by_the_offsets_in_their_scripts() {
        PfsEmitter pfs = new PfsEmitter().add(NAME, block(4, "more")).add(NAME, block(0, "this"));
        assertThat(joined(pfs)).isEqualTo(Image.ofAscii("thismore"));
    }

    @Test
    void chunks_without_offsets_keep_their_order() {
        Image first =
                new Emitter().image(block(0, "this")).patch(0x30, Image.ofHex("02")).toImage();
        Image second =
                new Emitter().image(block(0, "more")).patch(0x30, Image.ofHex("02")).toImage();
        PfsEmitter pfs = new PfsEmitter().add(NAME, first).add(NAME, second);
        assertThat(joined(pfs)).isEqualTo(Image.ofAscii("thismore"));
    }

    @Test
    void gaps_between_chunks_are_filled_like_erased_flash() {
        PfsEmitter pfs =
                new PfsEmitter()
                        .addChunk(NAME, 0x20000, 0, Image.ofAscii("more"))
                        .addChunk(NAME, 0, 0, Image.ofAscii("this"));
        assertThat(joined(pfs))
                .isEqualTo(
                        new Emitter().ascii("this").fillTo(0x20000, 0xff).ascii("more").toImage());
    }

    @Test
    void chunks_with_the_same_offset_are_ordered_by_address() {
        PfsEmitter pfs =
                new PfsEmitter()
                        .addChunk(NAME, 0, 0xffa00000L, Image.ofAscii("more"))
                        .addChunk(NAME, 0, 0xff000000L, Image.ofAscii("this"));
        assertThat(joined(pfs)).isEqualTo(Image.ofAscii("thismore"));
    }

    @Test
    void chunk_beyond_the_largest_flash_is_reported_and_comes_last() {
        PfsPackage pfs =
                new PfsEmitter()
                        .addChunk(NAME, 0xffff0000L, 0, Image.ofAscii("more"))
                        .addChunk(NAME, 0, 0, Image.ofAscii("this"))
                        .build();
        Diagnostics diagnostics = new Diagnostics();
        Chunks chunks = Chunks.of(pfs, LOCATION, diagnostics).orElseThrow();
        assertThat(Image.join(chunks.pieces())).isEqualTo(Image.ofAscii("thismore"));
        assertThat(diagnostics.list())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "PFS +0x0: offset of a chunk is 0xffff0000, the maximum flash size is"
                                + " 0x4000000");
    }

    @Test
    void package_with_other_entries_is_not_an_image() {
        PfsPackage pfs =
                new PfsEmitter()
                        .addChunk(NAME, 0, 0, Image.ofAscii("this"))
                        .add(NAME, Image.ofAscii("firmware"))
                        .build();
        assertThat(Chunks.of(pfs, LOCATION, new Diagnostics())).isEmpty();
        assertThat(Chunks.of(new PfsEmitter().build(), LOCATION, new Diagnostics())).isEmpty();
    }
}

package igdrom.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Emitter;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.formats.biosguard.PfatEmitter;
import igdrom.formats.capsule.CapsuleKind;
import igdrom.formats.capsule.FmpBody;
import igdrom.formats.capsule.FmpPayload;
import igdrom.formats.fv.FileType;
import igdrom.formats.fv.SectionEmitter;
import igdrom.formats.fv.SectionType;
import igdrom.formats.fv.VolumeEmitter;
import igdrom.formats.iflash.IflashRecord;
import igdrom.formats.pci.PciId;
import igdrom.formats.pe.Machine;
import igdrom.formats.pe.NewSection;
import igdrom.formats.pe.PeImage;
import igdrom.formats.pe.Subsystem;
import igdrom.formats.pfs.DellSection;
import igdrom.formats.pfs.PfsEmitter;
import igdrom.formats.ucp.UcpEmitter;
import igdrom.samples.SampleGop;
import java.util.Collections;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Vendors' update packages, made here: their content is found, inside programs too.
@Timeout(600)
class UpdateTest {
    private static final Guid NAME = Guid.of("11111111-2222-3333-4444-555555555555");
    private static final Image GOP =
            SampleGop.driver(21, 0, 1066, List.of(PciId.intel(0x46d1))).raw();

    /// A volume of 256 KiB with a GOP that spans two blocks of 64 KiB.
    private static Image volume() {
        Image filler = new Emitter().fill(0x5a, 0xff80).toImage();
        Image sections = new SectionEmitter().add(SectionType.PE32, GOP).toImage();
        return new VolumeEmitter()
                .add(NAME, FileType.RAW, filler)
                .add(NAME, FileType.DRIVER, sections)
                .toImage(0x40000);
    }

    /// An updater: a program with data in a section, and data after it.
    private static Image program(Image inside, Image after) {
        PeImage program =
                PeImage.of(
                        Machine.X64,
                        Subsystem.APPLICATION,
                        0,
                        List.of(
                                NewSection.text(Image.ofHex("c3")),
                                NewSection.data(inside),
                                NewSection.noRelocations()));
        return new Emitter().image(program.raw()).image(after).toImage();
    }

    private static Image zlib(Image image) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(image.toByteArray());
            deflater.finish();
            byte[] compressed = new byte[Math.toIntExact(image.size()) + 100];
            return Image.of(compressed, deflater.deflate(compressed));
        }
    }

    private static Image section(Image decompressed) {
        Emitter out = new Emitter();
        DellSection.of(DellSection.FIRMWARE, zlib(decompressed)).write(out);
        return out.toImage();
    }

    private static Image iflash(String tag, Image data) {
        Emitter out = new Emitter();
        IflashRecord.of(tag, data).write(out);
        return out.align(32, 0).toImage();
    }

    /// The volume in chunks, the last one first.
    private static Image chunks() {
        PfsEmitter pfs = new PfsEmitter();
        for (long at = 0x30000; at >= 0; at -= 0x10000) {
            pfs.addChunk(NAME, at, 0xff000000L + at, volume().slice(at, 0x10000));
        }
        return pfs.toImage();
    }

    /// A typical Dell update: a section with a package that contains a package of chunks.
    private static Image dell() {
        return section(
                new PfsEmitter()
                        .add(NAME, Image.ofAscii("no firmware"))
                        .add(NAME, chunks())
                        .toImage());
    }

    private static void holdsTheGop(Image update, String location) {
        holdsTheGop(update, FileKind.UPDATE, location);
    }

    private static void holdsTheGop(Image update, FileKind kind, String location) {
        for (ArtifactFilter filter : ArtifactFilter.values()) {
            Contents contents = FirmwareReader.read(update, "update", filter);
            assertThat(contents.diagnostics()).as("%s", filter).isEmpty();
            assertThat(contents.kind()).isEqualTo(kind);
            assertThat(contents.gops()).hasSize(1);
            assertThat(contents.gops().getFirst().bytes()).isEqualTo(GOP);
            assertThat(contents.gops().getFirst().origin().location()).hasToString(location);
        }
    }

    @Test
    void gop_is_found_in_a_bios_guard_package() {
        Image update =
                new PfatEmitter("ALDERLAKE")
                        .add("/B", "FV_BB", Image.ofAscii("boot block"))
                        .add("/P", "FV_MAIN", volume())
                        .toImage();
        holdsTheGop(
                update, "update/PFAT@0x0/FV_MAIN!/FV 8C8CE578@0x0/FFS 11111111@0xffe0/PE32@0x18");
        holdsTheGop(
                new Emitter().fill(0xff, 0x123).image(update).fill(0, 99).toImage(),
                "update/PFAT@0x123/FV_MAIN!/FV 8C8CE578@0x0/FFS 11111111@0xffe0/PE32@0x18");
    }

    @Test
    void gop_is_found_in_a_bios_guard_package_in_a_capsule() {
        Image update = new PfatEmitter("ALDERLAKE").add("/P", "FV_MAIN", volume()).toImage();
        Image capsule =
                new Emitter()
                        .guid(Guid.of("4A3CA68B-7723-48FB-803D-578CC1FEC44D"))
                        .u32(0x1c)
                        .u32(0)
                        .u32(0x20 + update.size())
                        .u16(0x20)
                        .fillTo(0x20, 0)
                        .image(update)
                        .toImage();
        assertThat(CapsuleKind.of(capsule.guid(0))).isEqualTo(CapsuleKind.APTIO_SIGNED);
        holdsTheGop(
                capsule,
                FileKind.CAPSULE,
                "update/capsule body@0x20/PFAT@0x0/FV_MAIN!/FV 8C8CE578@0x0/FFS 11111111@0xffe0"
                        + "/PE32@0x18");
    }

    @Test
    void gop_is_found_in_a_dell_update_of_chunks() {
        holdsTheGop(dell(), "update/" + inDell(0));
        Image appended = program(Image.ofAscii("data"), dell());
        holdsTheGop(appended, "update/" + inDell(appended.size() - dell().size()));
        Image embedded = program(dell(), Image.EMPTY);
        holdsTheGop(embedded, "update/PE@0x0/" + inDell(embedded.indexOf(dell(), 0)));
    }

    private static String inDell(long offset) {
        return "Dell section@0x"
                + Long.toHexString(offset)
                + "/compressed data@0x10/zlib!/PFS@0x0/entry"
                + " 11111111@0x63/data@0x48/PFS@0x0/chunks!/FV 8C8CE578@0x0/FFS"
                + " 11111111@0xffe0/PE32@0x18";
    }

    @Test
    void gop_is_found_in_a_package_in_a_section_in_a_package() {
        Image inner = section(new PfsEmitter().add(NAME, volume()).toImage());
        holdsTheGop(
                new PfsEmitter().add(NAME, inner).toImage(),
                "update/PFS@0x0/entry 11111111@0x10/data@0x48/Dell section@0x0/compressed data@0x10"
                        + "/zlib!/PFS@0x0/entry 11111111@0x10/data@0x48/FV 8C8CE578@0x0"
                        + "/FFS 11111111@0xffe0/PE32@0x18");
    }

    @Test
    void gop_is_found_in_an_insyde_update() {
        Image records =
                new Emitter()
                        .image(iflash("_INI_IMG", Image.ofAscii("[Platform]")))
                        .image(iflash("_BIOSIMG", volume()))
                        .toImage();
        Image driver = program(records, Image.EMPTY);
        Image update = program(Image.ofAscii("data"), iflash("_DRV_IMG", driver));
        long outer = update.indexOf(Image.ofAscii("$_IFLASH"), 0);
        long inner = driver.indexOf(Image.ofAscii("$_IFLASH_BIOSIMG"), 0);
        holdsTheGop(
                update,
                "update/iFlash DRV_IMG@0x"
                        + Long.toHexString(outer)
                        + "/data@0x18/PE@0x0/iFlash BIOSIMG@0x"
                        + Long.toHexString(inner)
                        + "/data@0x18/FV 8C8CE578@0x0/FFS 11111111@0xffe0/PE32@0x18");
    }

    @Test
    void gop_is_found_in_a_package_of_modules() {
        String volume = "FV 8C8CE578@0x0/FFS 11111111@0xffe0/PE32@0x18";
        holdsTheGop(
                new UcpEmitter().add("@CMD", Image.ofAscii("/P")).add("@ROM", volume()).toImage(),
                "update/UCP@0x0/module @ROM@0x2a/data@0x18/" + volume);
        holdsTheGop(
                new UcpEmitter().addCompressed("@ROM", volume()).toImage(),
                "update/UCP@0x0/module @ROM@0x10/compressed data@0x10/Tiano!/" + volume);
        Image pfat = new PfatEmitter("ALDERLAKE").add("/P", "FV_MAIN", volume()).toImage();
        holdsTheGop(
                program(new UcpEmitter().addCompressed("@R00", pfat).toImage(), Image.EMPTY),
                "update/PE@0x0/UCP@0x1e0/module @R00@0x10/compressed data@0x10/Tiano!/PFAT@0x0"
                        + "/FV_MAIN!/"
                        + volume);
    }

    @Test
    void gop_is_found_in_an_fmp_capsule() {
        Emitter payload = new Emitter();
        FmpPayload.VersionHeader version = new FmpPayload.VersionHeader(0x10203, 1, Image.EMPTY);
        FmpPayload.of(NAME, version, volume()).write(payload);
        Image driver = program(Image.ofAscii("data"), Image.EMPTY);
        Image body = FmpBody.of(List.of(driver), List.of(payload.toImage())).raw();
        Image capsule =
                new Emitter()
                        .guid(Guid.of("6DCBD5ED-E82D-4C44-BDA1-7194199AD92A"))
                        .u32(0x1c)
                        .u32(0x50000)
                        .u32(0x1c + body.size())
                        .image(body)
                        .toImage();
        holdsTheGop(
                capsule,
                FileKind.CAPSULE,
                "update/capsule body@0x1c/item 2@0x238/image@0x40/FV 8C8CE578@0x0"
                        + "/FFS 11111111@0xffe0/PE32@0x18");
        Node node = FirmwareReader.read(capsule, "update").tree().children().getFirst();
        assertThat(node.children())
                .extracting(Node::label)
                .containsExactly("driver 1", "payload for " + NAME + ", version 0x10203");
    }

    @Test
    void gop_is_found_in_an_fmp_capsule_with_a_broken_list() {
        Image body = new Emitter().u32(1).u16(0).u16(1).u64(0xff0000).image(volume()).toImage();
        Image capsule =
                new Emitter()
                        .guid(Guid.of("6DCBD5ED-E82D-4C44-BDA1-7194199AD92A"))
                        .u32(0x1c)
                        .u32(0x50000)
                        .u32(0x1c + body.size())
                        .image(body)
                        .toImage();
        Contents contents = FirmwareReader.read(capsule, "update");
        assertThat(contents.gops()).hasSize(1);
        assertThat(contents.diagnostics())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "update/capsule body@0x1c +0x8: offset of item 1 is 0xff0000, expected"
                                + " 0x10 to 0x4000f");
    }

    @Test
    void gop_after_a_broken_entry_is_found() {
        Image pfs = new PfsEmitter().add(NAME, Image.ofAscii("a")).add(NAME, volume()).toImage();
        long second = 0x10 + 0x48 + 1;
        Image broken = new Emitter().image(pfs).patch(second + 0x10, Image.ofHex("07")).toImage();
        Contents contents = FirmwareReader.read(broken, "update");
        assertThat(contents.gops()).hasSize(1);
        assertThat(contents.gops().getFirst().origin().location())
                .hasToString("update/PFS@0x0/FV 8C8CE578@0xa1/FFS 11111111@0xffe0/PE32@0x18");
    }

    @Test
    void gop_in_an_entry_of_the_wrong_size_is_found() {
        Image pfs = new PfsEmitter().add(NAME, volume(), Image.ofAscii("metadata")).toImage();
        // DataSize and DataMetSize are swapped.
        Image swapped = new Emitter().u32(8).u32(0).u32(volume().size()).toImage();
        Image broken = new Emitter().image(pfs).patch(0x10 + 0x28, swapped).toImage();
        assertThat(FirmwareReader.read(broken, "update").gops()).hasSize(1);
    }

    @Test
    void gop_after_a_signature_without_a_section_is_found() {
        Emitter out = new Emitter();
        DellSection.of(DellSection.FIRMWARE, Image.ofHex("78ffffffff")).write(out);
        Image decoy =
                new Emitter().image(out.toImage()).patch(0, Image.ofHex("ffffff7f")).toImage();
        Image update = new Emitter().image(decoy).image(dell()).toImage();
        assertThat(FirmwareReader.read(update, "update").gops()).hasSize(1);
    }

    @Test
    void damaged_firmware_in_an_installer_is_reported() {
        Image update = program(dell().slice(0, 100), Image.EMPTY);
        for (ArtifactFilter filter : ArtifactFilter.values()) {
            Contents contents = FirmwareReader.read(update, "update", filter);
            assertThat(contents.kind()).isEqualTo(FileKind.UPDATE);
            assertThat(contents.diagnostics())
                    .extracting(Diagnostic::problem)
                    .anyMatch(problem -> problem.contains("are left"));
        }
    }

    @Test
    void archive_in_an_installer_is_reported() {
        Image archive = Image.ofHex("377abcaf271c0004 0000000000000000");
        Image installer = program(Image.ofAscii("data"), archive);
        Contents contents = FirmwareReader.read(installer, "setup.exe");
        assertThat(contents.kind()).isEqualTo(FileKind.PROGRAM);
        assertThat(contents.diagnostics())
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "setup.exe +0x220: a 7-Zip archive begins here: extract it first, the"
                                + " firmware may be in it");
    }

    @Test
    void signatures_in_the_text_of_a_program_are_not_updates() {
        Image text =
                Image.ofAscii("PFS.HDR.\0not a PFS\0$_IFLASH_BIOSIMG\0not found\0@UAF@HPU_AMIPFAT");
        Contents contents =
                FirmwareReader.read(program(text, Image.EMPTY), "tool", ArtifactFilter.EVERYTHING);
        assertThat(contents.kind()).isEqualTo(FileKind.PROGRAM);
        assertThat(contents.diagnostics()).isEmpty();
    }

    @Test
    void decompression_bomb_in_a_section_ends_at_the_limit() {
        Image zeros = zlib(new Emitter().fill(0, 64 << 20).toImage());
        Image section = section(Image.EMPTY);
        Emitter out = new Emitter();
        for (int i = 0; i < 12; i++) {
            DellSection.of(DellSection.FIRMWARE, zeros).write(out);
        }
        Contents contents = FirmwareReader.read(out.image(section).toImage(), "bomb");
        assertThat(contents.diagnostics())
                .extracting(Diagnostic::problem)
                .contains("the stream exceeds the decompression limit of 0x20000000 bytes");
    }

    @Test
    void nesting_of_packages_ends_at_the_limit() {
        Image inner = Image.ofAscii("bottom");
        for (int depth = 0; depth < 200; depth++) {
            inner = new PfsEmitter().add(NAME, inner).toImage();
        }
        Contents contents = FirmwareReader.read(inner, "nested");
        assertThat(contents.diagnostics())
                .extracting(Diagnostic::problem)
                .anyMatch(problem -> problem.contains("nested deeper than 64 levels"));
    }

    @Test
    void chunks_far_apart_need_no_more_memory_than_a_flash() {
        PfsEmitter pfs = new PfsEmitter();
        Image sparse =
                pfs.addChunk(NAME, 0x3ff0000, 0, Image.ofAscii("end"))
                        .addChunk(NAME, 0xfffffff0L, 0, Image.ofAscii("far"))
                        .toImage();
        List<Image> packages = Collections.nCopies(12, sparse);
        Contents contents = FirmwareReader.read(Image.join(packages), "gaps");
        assertThat(contents.diagnostics())
                .extracting(Diagnostic::problem)
                .anyMatch(problem -> problem.contains("512 MiB"));
        assertThat(contents.diagnostics().getFirst().location())
                .hasToString(Location.root("gaps").in("PFS", 0).toString());
    }
}

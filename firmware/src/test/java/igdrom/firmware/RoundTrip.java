package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.SignaturePrefixes;
import igdrom.formats.capsule.Capsule;
import igdrom.formats.cbfs.CbfsFile;
import igdrom.formats.cbfs.PayloadSegment;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Decompressed;
import igdrom.formats.fv.FfsFile;
import igdrom.formats.fv.Gap;
import igdrom.formats.fv.Section;
import igdrom.formats.fv.SectionPart;
import igdrom.formats.fv.Volume;
import igdrom.formats.fv.VolumePart;
import igdrom.formats.ifd.FlashDescriptor;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.pe.Executable;
import igdrom.formats.vbt.Vbt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Walks all structures of an image, independently of the reader, and writes each one again.
final class RoundTrip {
    private static final Location LOCATION = Location.root("round trip");
    private static final long MAX_DECOMPRESSED = 256L << 20;

    /// The first two bytes of signatures. Those of volumes and descriptors are not at the start.
    private static final SignaturePrefixes PREFIXES =
            new SignaturePrefixes()
                    .with('_', 'F')
                    .with(0x5a, 0xa5)
                    .with(0x55, 0xaa)
                    .with('M', 'Z')
                    .with('V', 'Z')
                    .with('$', 'V')
                    .with('L', 'A');

    private final List<String> differing = new ArrayList<>();
    private long volumes;

    /// The structures whose written bytes differ from those that were read.
    List<String> differing() {
        return differing;
    }

    long volumes() {
        return volumes;
    }

    /// Checks every structure in `data`.
    void data(Image data, String path) {
        if (Capsule.looksLikeCapsule(data)) {
            attempt(() -> {
                Capsule capsule = Capsule.read(data, LOCATION, new Diagnostics());
                check(data, capsule::write, path + "/capsule");
            });
        }
        long done = 0;
        long at = data.indexOfAny(PREFIXES, 0);
        while (at >= 0) {
            for (long start : new long[] {at - 0x28, at - 0x10, at}) {
                if (start >= done) {
                    String structurePath = path + "@0x" + Long.toHexString(start);
                    done = Math.max(done, structure(data, start, structurePath));
                }
            }
            at = data.indexOfAny(PREFIXES, Math.max(at + 1, done));
        }
    }

    /// Checks the structure at `at`.
    ///
    /// @return the end of a volume that was walked, else 0
    private long structure(Image data, long at, String path) {
        if (Volume.looksLikeVolume(data, at)) {
            long size = volume(data.from(at), path);
            return size == 0 ? 0 : at + size;
        }
        if (FlashDescriptor.looksLikeDescriptor(data, at)) {
            Image flash = data.from(at);
            attempt(() -> {
                FlashDescriptor descriptor = FlashDescriptor.read(flash, LOCATION);
                check(
                        flash.slice(0, FlashDescriptor.SIZE),
                        descriptor::write,
                        path + "/descriptor");
            });
        } else if (OptionRom.looksLikeRom(data, at)) {
            attempt(() -> rom(data.from(at), path + "/ROM"));
        } else if (Executable.looksLikePe(data, at) || Executable.looksLikeTe(data, at)) {
            attempt(() -> {
                Image rest = data.from(at);
                Executable program = Executable.read(rest, LOCATION, new Diagnostics());
                check(program.raw(), program::write, path + "/program");
            });
        } else if (Vbt.looksLikeVbt(data, at)) {
            attempt(() -> {
                Image bytes = data.slice(at, Vbt.sizeAt(data, at));
                Vbt vbt = Vbt.read(bytes, LOCATION, new Diagnostics());
                check(bytes, vbt::write, path + "/VBT");
            });
        } else if (CbfsFile.looksLikeFile(data, at)) {
            attempt(() -> {
                CbfsFile file = CbfsFile.read(data.from(at), LOCATION, new Diagnostics());
                check(data.slice(at, file.size()), file::write, path + "/CBFS file");
                if (file.type() == CbfsFile.PAYLOAD) {
                    PayloadSegment.readAll(file.data(), LOCATION, new Diagnostics())
                            .forEach(it -> compressed(it.compression(), it.data(), path));
                } else {
                    compressed(file.compression(), file.data(), path);
                }
            });
        }
        return 0;
    }

    /// Walks data that coreboot compressed. Other data is walked with what surrounds it.
    private void compressed(long compression, Image data, String path) {
        if (compression == CbfsFile.LZMA) {
            decompressed(Codec.LZMA, data, path);
        } else if (compression == CbfsFile.LZ4) {
            decompressed(Codec.LZ4, data, path);
        }
    }

    private void rom(Image data, String path) {
        OptionRom rom = OptionRom.read(data, LOCATION, new Diagnostics());
        check(data, rom::write, path);
    }

    private long volume(Image data, String path) {
        Volume volume;
        try {
            volume = Volume.read(data, LOCATION, new Diagnostics());
        } catch (MalformedImageException _) {
            return 0;
        }
        volumes++;
        check(data.slice(0, volume.size()), volume::write, path + "/FV");
        for (VolumePart part : volume.parts()) {
            switch (part) {
                case FfsFile file -> {
                    String name = path + "/" + file.header().name();
                    Image whole = data.slice(file.offset(), file.size());
                    if (file.type().sectioned()) {
                        sections(whole, file.header().length(), name);
                    } else {
                        data(file.body(), name);
                    }
                }
                case Gap gap -> data(gap.raw(), path + "/gap");
            }
        }
        return volume.size();
    }

    private void sections(Image container, long start, String path) {
        List<SectionPart> parts = Section.readAll(container, start, LOCATION, new Diagnostics());
        check(
                container.from(start),
                out -> parts.forEach(part -> part.write(out)),
                path + "/sections");
        for (SectionPart part : parts) {
            switch (part) {
                case Section section -> inside(section, container, path + "/section");
                case Gap gap -> data(gap.raw(), path + "/gap");
            }
        }
    }

    private void inside(Section section, Image container, String path) {
        long bodyAt = section.offset() + section.size() - section.body().size();
        Image upToEnd = container.slice(0, section.offset() + section.size());
        switch (section) {
            case Section.Compression compression -> {
                switch (compression.compressionType()) {
                    case 0 -> sections(upToEnd, bodyAt, path);
                    case 1 -> decompressedEfi(section.body(), path);
                    case 2 -> decompressed(Codec.LZMA, section.body(), path);
                    default -> data(section.body(), path);
                }
            }
            case Section.GuidDefined guided -> {
                Optional<GuidedSectionType> kind = GuidedSectionType.of(guided.guid());
                if (kind.isEmpty()) {
                    if (guided.processingRequired()) {
                        data(section.body(), path);
                    } else {
                        sections(upToEnd, bodyAt, path);
                    }
                    return;
                }
                switch (kind.get()) {
                    case LZMA -> decompressed(Codec.LZMA, section.body(), path);
                    case LZMA_X86 -> decompressed(Codec.LZMA_X86, section.body(), path);
                    case BROTLI -> decompressed(Codec.BROTLI, section.body(), path);
                    case GZIP, ZLIB -> decompressed(Codec.ZLIB, section.body(), path);
                    case TIANO -> decompressedEfi(section.body(), path);
                    case CRC32, SIGNED -> sections(upToEnd, bodyAt, path);
                }
            }
            case Section.Plain plain -> data(plain.body(), path);
            case Section.Freeform freeform -> data(freeform.body(), path);
        }
    }

    private void decompressedEfi(Image compressed, String path) {
        attempt(() ->
                Codec.decompressEfi(compressed, LOCATION, MAX_DECOMPRESSED)
                        .forEach(it -> open(it, path)));
    }

    private void decompressed(Codec codec, Image compressed, String path) {
        attempt(() -> open(codec.decompress(compressed, LOCATION, MAX_DECOMPRESSED), path));
    }

    private void open(Decompressed decompressed, String path) {
        // Bytes that are not sections are a gap, and walked as data.
        sections(decompressed.bytes(), 0, path + "!");
    }

    private void check(Image expected, Consumer<Emitter> writer, String path) {
        Emitter out = new Emitter();
        writer.accept(out);
        if (!out.toImage().equals(expected)) {
            differing.add(path);
        }
    }

    /// Structures that cannot be read are not written.
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (MalformedImageException _) {
            return;
        }
    }
}

package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Decompressed;
import igdrom.formats.fv.Gap;
import igdrom.formats.fv.Section;
import igdrom.formats.fv.SectionPart;
import igdrom.formats.fv.SectionType;
import java.util.List;
import java.util.Optional;

/// Reads the sections of a file, and those nested in them.
///
/// @param decompresses whether to decompress compressed sections
record Sections(boolean decompresses) {
    /// Observed: names and dependency expressions have up to some hundred bytes.
    private static final long MAX_SMALL_BYTES = 0x200;

    /// Gaps up to this size are alignment.
    private static final long MAX_ALIGNMENT_BYTES = 16;

    private static final int NOT_COMPRESSED = 0;
    private static final int STANDARD_COMPRESSION = 1;

    /// Observed: Insyde and Apple; the specification does not define this value.
    private static final int LZMA_COMPRESSION = 2;

    /// Reads all sections of `container`, which begin at `start`.
    void read(Image container, long start, Context context) {
        if (!context.mayEnter()) {
            return;
        }
        List<SectionPart> parts =
                Section.readAll(container, start, context.location(), context.diagnostics());
        for (SectionPart part : parts) {
            switch (part) {
                case Gap gap -> scanGap(gap, container, context);
                case Section section -> {
                    if (!context.takePart(section.offset())) {
                        return;
                    }
                    read(section, container, context);
                }
            }
        }
    }

    /// Reads one section of `container`.
    void read(Section section, Image container, Context context) {
        Image whole = container.slice(section.offset(), section.size());
        context.add(
                switch (section) {
                    case Section.Plain plain -> plain(plain, whole, context);
                    case Section.Compression compression ->
                            compression(compression, whole, context);
                    case Section.GuidDefined guided -> guidDefined(guided, whole, context);
                    case Section.Freeform freeform -> freeform(freeform, whole, context);
                });
    }

    /// Searches free space, alignment, or a structure that lost its header.
    ///
    /// @param container contains the gap
    static void scanGap(Gap gap, Image container, Context context) {
        Image raw = gap.raw();
        if (raw.size() > MAX_ALIGNMENT_BYTES && !raw.isFilledWith(raw.u8(0))) {
            context.scan(container, gap.offset(), gap.offset() + gap.size());
        }
    }

    private static Subtree freeform(Section.Freeform section, Image whole, Context context) {
        Context node = part(section, "freeform " + section.subType(), "freeform", context);
        node.scan(whole, start(section));
        return node.toSubtree();
    }

    private Subtree plain(Section.Plain section, Image whole, Context context) {
        String type = section.header().type().label();
        Image body = section.body();
        return switch (section.header().type()) {
            case USER_INTERFACE -> {
                String name = body.utf16();
                context.fileName(name);
                yield small(section, type + " \"" + name + "\"", whole, context);
            }
            case VERSION -> {
                String text = body.size() > 2 ? body.from(2).utf16() : "";
                yield small(section, type + " \"" + text + "\"", whole, context);
            }
            case DXE_DEPEX, PEI_DEPEX, MM_DEPEX -> small(section, type, whole, context);
            case PE32, PIC, TE -> {
                Context node = part(section, type + Programs.describe(body), type, context);
                // The program itself is read here; the search begins one byte later.
                long from = start(section) + 1;
                switch (Programs.examine(body, node)) {
                    case MARKED -> node.scanForArtifacts(whole, from);
                    case GOP, UNMARKED -> node.scanProgram(whole, from);
                }
                yield node.toSubtree();
            }
            case DISPOSABLE -> {
                Context node = part(section, type, type, context);
                read(whole, start(section), node);
                yield node.toSubtree();
            }
            case FIRMWARE_VOLUME_IMAGE,
                    COMPATIBILITY16,
                    RAW,
                    UNKNOWN,
                    COMPRESSION,
                    GUID_DEFINED,
                    FREEFORM_SUBTYPE_GUID -> {
                Context node = part(section, type, type, context);
                node.scan(whole, start(section));
                yield node.toSubtree();
            }
        };
    }

    /// A section of a type that is usually small. If it is not, its size is probably wrong, and it
    /// is searched.
    private static Subtree small(
            Section.Plain section, String label, Image whole, Context context) {
        Context node = part(section, label, section.header().type().label(), context);
        if (whole.size() > MAX_SMALL_BYTES) {
            node.scanForArtifacts(whole, start(section));
        }
        return node.toSubtree();
    }

    private Subtree compression(Section.Compression section, Image whole, Context context) {
        String label = section.header().type().label();
        Context node = part(section, label, label, context);
        switch (section.compressionType()) {
            case NOT_COMPRESSED -> read(whole, start(section), node);
            case STANDARD_COMPRESSION -> decompressEfi(section, node);
            case LZMA_COMPRESSION -> decompress(Codec.LZMA, section, node);
            default -> {
                node.diagnostics()
                        .broken(
                                node.location(),
                                section.header().length() + 4L,
                                "CompressionType is %d, expected 0, 1 or 2",
                                section.compressionType());
                node.scan(whole, start(section));
            }
        }
        return node.toSubtree();
    }

    private Subtree guidDefined(Section.GuidDefined section, Image whole, Context context) {
        Optional<GuidedSectionType> type = GuidedSectionType.of(section.guid());
        String label =
                type.map(GuidedSectionType::label)
                        .orElseGet(() -> "GUID-defined " + section.guid());
        Context node = part(section, label, label, context);
        if (type.isEmpty()) {
            unknownGuid(section, whole, node);
            return node.toSubtree();
        }
        switch (type.get()) {
            case LZMA -> decompress(Codec.LZMA, section, node);
            case LZMA_X86 -> decompress(Codec.LZMA_X86, section, node);
            case TIANO -> decompressEfi(section, node);
            case BROTLI -> decompress(Codec.BROTLI, section, node);
            case GZIP, ZLIB -> decompress(Codec.ZLIB, section, node);
            case CRC32 -> {
                Image sum = section.extra();
                long crc = section.body().crc32();
                if (sum.size() >= 4 && sum.u32(0) != crc) {
                    node.diagnostics()
                            .odd(
                                    node.location(),
                                    start(section) - sum.size(),
                                    "CRC32Checksum is 0x%08x, expected 0x%08x",
                                    sum.u32(0),
                                    crc);
                }
                read(whole, start(section), node);
            }
            case SIGNED -> read(whole, start(section), node);
        }
        return node.toSubtree();
    }

    private void unknownGuid(Section.GuidDefined section, Image whole, Context node) {
        if (section.processingRequired()) {
            node.diagnostics()
                    .broken(
                            node.location(),
                            section.header().length(),
                            "SectionDefinitionGuid is %s: unsupported, but the section requires"
                                    + " processing",
                            section.guid());
            node.scan(whole, start(section));
        } else {
            read(whole, start(section), node);
        }
    }

    private void decompress(Codec codec, Section section, Context node) {
        if (decompresses) {
            readBest(compressedData(section, node).decompress(codec, section.body()), node);
        }
    }

    private void decompressEfi(Section section, Context node) {
        if (decompresses) {
            readBest(compressedData(section, node).decompressEfi(section.body()), node);
        }
    }

    private static Context compressedData(Section section, Context node) {
        return node.in("compressed data", start(section));
    }

    /// Reads the first candidate that begins like a section, else the first one.
    private void readBest(List<Decompressed> candidates, Context context) {
        if (candidates.isEmpty()) {
            return;
        }
        Decompressed chosen = candidates.getFirst();
        for (Decompressed candidate : candidates) {
            if (beginsWithSection(candidate.bytes())) {
                chosen = candidate;
                break;
            }
        }
        context.report(chosen);
        Image bytes = chosen.bytes();
        String label = chosen.codec().label();
        Context node =
                context.decompressed(label).part(Node.Type.DECOMPRESSED, label, 0, bytes.size());
        if (beginsWithSection(bytes)) {
            read(bytes, 0, node);
        } else {
            node.scan(bytes, 0);
        }
        context.add(node.toSubtree());
    }

    private static boolean beginsWithSection(Image bytes) {
        return bytes.size() >= 4
                && bytes.u24(0) >= 4
                && SectionType.of(bytes.u8(3)) != SectionType.UNKNOWN;
    }

    /// Where the body begins, from the start of the section.
    private static long start(Section section) {
        return section.size() - section.body().size();
    }

    private static Context part(Section section, String label, String step, Context context) {
        return context.in(step, section.offset())
                .part(Node.Type.SECTION, label, section.offset(), section.size());
    }
}

package igdrom.firmware;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Decompressed;
import igdrom.formats.fv.Gap;
import igdrom.formats.fv.Section;
import igdrom.formats.fv.SectionPart;
import igdrom.formats.fv.SectionType;
import java.util.List;
import java.util.Optional;

/// Goes down through sections, and unpacks those that are packed unless it was made not to.
final class SectionExplorer {
    /// Observed: names and dependencies have up to some hundred bytes.
    private static final long MOST_OF_SMALL = 0x200;

    private static final int NOT_COMPRESSED = 0;
    private static final int STANDARD_COMPRESSION = 1;

    /// Observed: Insyde and Apple, where the specification has no such value.
    private static final int LZMA_COMPRESSION = 2;

    private final Explorer explorer;
    private final Programs programs;
    private final Budget budget;
    private final boolean unpacks;

    /// @param unpacks whether to unpack what is packed
    SectionExplorer(Explorer explorer, Programs programs, Budget budget, boolean unpacks) {
        this.explorer = explorer;
        this.programs = programs;
        this.budget = budget;
        this.unpacks = unpacks;
    }

    /// Everything in the sections of `container`, which begin at `start`, becomes part of `node`.
    void explore(Image container, long start, Location location, BranchBuilder node) {
        if (!explorer.mayEnter(location)) {
            node.add(Explorer.tooDeep(location));
            return;
        }
        for (SectionPart part : Section.readAll(container, start, location, node.diagnostics())) {
            if (part instanceof Gap gap) {
                explorer.gap(gap, container, location, node);
                continue;
            }
            if (!budget.takeNode()) {
                node.add(Explorer.tooManyParts(location, part.offset()));
                return;
            }
            section((Section) part, container, location, node);
        }
    }

    /// One section of `container` becomes part of `node`.
    void section(Section section, Image container, Location outer, BranchBuilder node) {
        Image whole = container.slice(section.offset(), section.size());
        if (section instanceof Section.Plain plain) {
            node.add(plain(plain, whole, outer, node));
        } else if (section instanceof Section.Compression compression) {
            node.add(compression(compression, whole, outer));
        } else if (section instanceof Section.GuidDefined guided) {
            node.add(guided(guided, whole, outer));
        } else {
            node.add(freeform((Section.Freeform) section, whole, outer));
        }
    }

    private Branch freeform(Section.Freeform section, Image whole, Location outer) {
        BranchBuilder inside = builder(section, "freeform " + section.subType());
        Location location = outer.in("freeform", section.offset());
        explorer.scanner().scan(whole, start(section), location, inside);
        return inside.build();
    }

    private Branch plain(Section.Plain section, Image whole, Location outer, BranchBuilder node) {
        String label = section.header().type().label();
        Location location = outer.in(label, section.offset());
        Image body = section.body();
        return switch (section.header().type()) {
            case USER_INTERFACE -> {
                String name = body.utf16();
                node.fileName(name);
                yield small(
                        builder(section, label + " \"" + name + "\""), section, whole, location);
            }
            case VERSION -> {
                String text = body.size() > 2 ? body.from(2).utf16() : "";
                yield small(
                        builder(section, label + " \"" + text + "\""), section, whole, location);
            }
            case DXE_DEPEX, PEI_DEPEX, MM_DEPEX ->
                    small(builder(section, label), section, whole, location);
            case PE32, PIC, TE -> {
                BranchBuilder inside = builder(section, label + programs.describe(body));
                Programs.Look look = programs.examine(body, location, inside);
                // One byte further: the program itself is known.
                long from = start(section) + 1;
                if (look == Programs.Look.MARKED) {
                    explorer.scanner().scanForFinds(whole, from, location, inside);
                } else {
                    explorer.scanner().scanProgram(whole, from, location, inside);
                }
                yield inside.build();
            }
            case DISPOSABLE -> {
                BranchBuilder inside = builder(section, label);
                explore(whole, start(section), location, inside);
                yield inside.build();
            }
            case FIRMWARE_VOLUME_IMAGE,
                    COMPATIBILITY16,
                    RAW,
                    UNKNOWN,
                    COMPRESSION,
                    GUID_DEFINED,
                    FREEFORM_SUBTYPE_GUID -> {
                BranchBuilder inside = builder(section, label);
                explorer.scanner().scan(whole, start(section), location, inside);
                yield inside.build();
            }
        };
    }

    /// A section that is small as a rule; the size of one that is not is likely wrong.
    private Branch small(
            BranchBuilder node, Section.Plain section, Image whole, Location location) {
        if (whole.size() > MOST_OF_SMALL) {
            explorer.scanner().scanForFinds(whole, start(section), location, node);
        }
        return node.build();
    }

    private Branch compression(Section.Compression section, Image whole, Location outer) {
        String label = section.header().type().label();
        Location location = outer.in(label, section.offset());
        BranchBuilder inside = builder(section, label);
        switch (section.compressionType()) {
            case NOT_COMPRESSED -> explore(whole, start(section), location, inside);
            case STANDARD_COMPRESSION -> decompressEfi(section, location, inside);
            case LZMA_COMPRESSION -> decompress(Codec.LZMA, section, location, inside);
            default -> {
                inside.add(
                        Diagnostic.broken(
                                location,
                                section.header().length() + 4L,
                                String.format(
                                        "CompressionType is %d, which is not known",
                                        section.compressionType())));
                explorer.scanner().scan(whole, start(section), location, inside);
            }
        }
        return inside.build();
    }

    private Branch guided(Section.GuidDefined section, Image whole, Location outer) {
        Optional<GuidedKind> kind = GuidedKind.of(section.guid());
        String label =
                kind.map(GuidedKind::label).orElseGet(() -> "GUID-defined " + section.guid());
        Location location = outer.in(label, section.offset());
        BranchBuilder inside = builder(section, label);
        if (kind.isEmpty()) {
            unknownGuid(section, whole, location, inside);
            return inside.build();
        }
        switch (kind.get()) {
            case LZMA -> decompress(Codec.LZMA, section, location, inside);
            case LZMA_X86 -> decompress(Codec.LZMA_X86, section, location, inside);
            case TIANO -> decompressEfi(section, location, inside);
            case BROTLI -> decompress(Codec.BROTLI, section, location, inside);
            case GZIP, ZLIB -> decompress(Codec.ZLIB, section, location, inside);
            case CRC32 -> {
                Image sum = section.extra();
                if (sum.size() >= 4 && sum.u32(0) != section.body().crc32()) {
                    inside.add(
                            Diagnostic.odd(
                                    location, start(section) - sum.size(), "the CRC32 is wrong"));
                }
                explore(whole, start(section), location, inside);
            }
            case SIGNED -> explore(whole, start(section), location, inside);
        }
        return inside.build();
    }

    private void unknownGuid(
            Section.GuidDefined section, Image whole, Location location, BranchBuilder node) {
        if (section.processingRequired()) {
            node.add(
                    Diagnostic.broken(
                            location,
                            section.header().length(),
                            "nobody here knows how to process " + section.guid()));
            explorer.scanner().scan(whole, start(section), location, node);
        } else {
            explore(whole, start(section), location, node);
        }
    }

    private void decompress(Codec codec, Section section, Location location, BranchBuilder node) {
        if (!unpacks) {
            return;
        }
        Location packed = location.in("packed data", start(section));
        try {
            Decompressed decompressed =
                    codec.decompress(section.body(), packed, budget.decompressed());
            decompressed(List.of(decompressed), location, node);
        } catch (MalformedImageException e) {
            node.add(e.diagnostic());
        }
    }

    private void decompressEfi(Section section, Location location, BranchBuilder node) {
        if (!unpacks) {
            return;
        }
        Location packed = location.in("packed data", start(section));
        try {
            decompressed(
                    Codec.decompressEfi(section.body(), packed, budget.decompressed()),
                    location,
                    node);
        } catch (MalformedImageException e) {
            node.add(e.diagnostic());
        }
    }

    /// Goes on with the first candidate that begins like a section, or with the first one.
    private void decompressed(List<Decompressed> candidates, Location outer, BranchBuilder node) {
        Decompressed chosen = candidates.getFirst();
        for (Decompressed candidate : candidates) {
            if (beginsWithSection(candidate.bytes())) {
                chosen = candidate;
                break;
            }
        }
        chosen.damage().ifPresent(node::add);
        Image bytes = chosen.bytes();
        Location location = outer.decompressed(chosen.codec().label());
        BranchBuilder inside =
                new BranchBuilder(Node.Type.DECOMPRESSED, chosen.codec().label(), 0, bytes.size());
        if (beginsWithSection(bytes)) {
            explore(bytes, 0, location, inside);
        } else {
            explorer.scanner().scan(bytes, 0, location, inside);
        }
        node.add(inside.build());
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

    private static BranchBuilder builder(Section section, String label) {
        return new BranchBuilder(Node.Type.SECTION, label, section.offset(), section.size());
    }
}

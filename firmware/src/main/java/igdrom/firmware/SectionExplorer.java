package igdrom.firmware;

import igdrom.bytes.Finding;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.bytes.Problem;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Unpacked;
import igdrom.formats.fv.Gap;
import igdrom.formats.fv.Section;
import igdrom.formats.fv.SectionPart;
import igdrom.formats.fv.SectionType;
import java.util.List;
import java.util.Optional;

/// Goes down through sections, unpacking those that are packed.
final class SectionExplorer {
    private static final int NOT_COMPRESSED = 0;
    private static final int STANDARD_COMPRESSION = 1;

    /// Observed: Insyde and Apple, where the specification has no such value.
    private static final int LZMA_COMPRESSION = 2;

    private final Explorer explorer;
    private final Programs programs;
    private final Budget budget;

    SectionExplorer(Explorer explorer, Programs programs, Budget budget) {
        this.explorer = explorer;
        this.programs = programs;
        this.budget = budget;
    }

    /// Everything in the sections of `container`, which begin at `start`, becomes part of `node`.
    ///
    /// @param open whether to unpack what is packed
    void explore(Image container, long start, boolean open, Place place, BranchBuilder node) {
        if (!explorer.mayEnter(place)) {
            node.add(Explorer.tooDeep(place));
            return;
        }
        for (SectionPart part : Section.readAll(container, start, place, node.findings())) {
            if (part instanceof Gap gap) {
                explorer.gap(gap, container, place, node);
                continue;
            }
            if (!budget.takeNode()) {
                node.add(Explorer.tooManyParts(place, part.offset()));
                return;
            }
            section((Section) part, container, open, place, node);
        }
    }

    /// One section of `container` becomes part of `node`.
    ///
    /// @param open whether to unpack it if it is packed
    void section(Section section, Image container, boolean open, Place outer, BranchBuilder node) {
        Image whole = container.slice(section.offset(), section.size());
        if (section instanceof Section.Plain plain) {
            node.add(plain(plain, whole, open, outer, node));
        } else if (section instanceof Section.Compression compression) {
            node.add(compression(compression, whole, open, outer));
        } else if (section instanceof Section.GuidDefined guided) {
            node.add(guided(guided, whole, open, outer));
        } else {
            node.add(freeform((Section.Freeform) section, whole, outer));
        }
    }

    private Branch freeform(Section.Freeform section, Image whole, Place outer) {
        BranchBuilder inside = builder(section, "freeform " + section.subType());
        Place place = outer.in("freeform", section.offset());
        explorer.scanner().scan(whole, start(section), place, inside);
        return inside.build();
    }

    private Branch plain(
            Section.Plain section, Image whole, boolean open, Place outer, BranchBuilder node) {
        String label = section.header().type().label();
        Place place = outer.in(label, section.offset());
        Image body = section.body();
        return switch (section.header().type()) {
            case USER_INTERFACE -> {
                String name = body.utf16();
                node.fileName(name);
                yield builder(section, label + " \"" + name + "\"").build();
            }
            case VERSION -> {
                String text = body.size() > 2 ? body.from(2).utf16() : "";
                yield builder(section, label + " \"" + text + "\"").build();
            }
            case DXE_DEPEX, PEI_DEPEX, MM_DEPEX -> {
                yield builder(section, label).build();
            }
            case PE32, PIC, TE -> {
                BranchBuilder inside = builder(section, label + programs.describe(body));
                programs.examine(body, place, inside);
                // One byte further: the program itself is known.
                explorer.scanner().scanProgram(whole, start(section) + 1, place, inside);
                yield inside.build();
            }
            case DISPOSABLE -> {
                BranchBuilder inside = builder(section, label);
                explore(whole, start(section), open, place, inside);
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
                explorer.scanner().scan(whole, start(section), place, inside);
                yield inside.build();
            }
        };
    }

    private Branch compression(
            Section.Compression section, Image whole, boolean open, Place outer) {
        String label = section.header().type().label();
        Place place = outer.in(label, section.offset());
        BranchBuilder inside = builder(section, label);
        switch (section.compressionType()) {
            case NOT_COMPRESSED -> explore(whole, start(section), open, place, inside);
            case STANDARD_COMPRESSION -> unpackEfi(section, open, place, inside);
            case LZMA_COMPRESSION -> unpack(Codec.LZMA, section, open, place, inside);
            default -> {
                inside.add(
                        Finding.broken(
                                place,
                                section.header().length() + 4L,
                                Problem.of(
                                        "CompressionType is %d, which is not known",
                                        section.compressionType())));
                explorer.scanner().scan(whole, start(section), place, inside);
            }
        }
        return inside.build();
    }

    private Branch guided(Section.GuidDefined section, Image whole, boolean open, Place outer) {
        Optional<GuidedKind> kind = GuidedKind.of(section.guid());
        String label =
                kind.map(GuidedKind::label).orElseGet(() -> "GUID-defined " + section.guid());
        Place place = outer.in(label, section.offset());
        BranchBuilder inside = builder(section, label);
        if (kind.isEmpty()) {
            unknownGuid(section, whole, open, place, inside);
            return inside.build();
        }
        switch (kind.get()) {
            case LZMA -> unpack(Codec.LZMA, section, open, place, inside);
            case LZMA_X86 -> unpack(Codec.LZMA_X86, section, open, place, inside);
            case TIANO -> unpackEfi(section, open, place, inside);
            case BROTLI -> unpack(Codec.BROTLI, section, open, place, inside);
            case GZIP, ZLIB -> unpack(Codec.ZLIB, section, open, place, inside);
            case CRC32 -> {
                Image sum = section.extra();
                if (sum.size() >= 4 && sum.u32(0) != section.body().crc32()) {
                    inside.add(
                            Finding.odd(place, start(section) - sum.size(), "the CRC32 is wrong"));
                }
                explore(whole, start(section), open, place, inside);
            }
            case SIGNED -> explore(whole, start(section), open, place, inside);
        }
        return inside.build();
    }

    private void unknownGuid(
            Section.GuidDefined section,
            Image whole,
            boolean open,
            Place place,
            BranchBuilder node) {
        if (section.processingRequired()) {
            node.add(
                    Finding.broken(
                            place,
                            section.header().length(),
                            "nobody here knows how to process " + section.guid()));
            explorer.scanner().scan(whole, start(section), place, node);
        } else {
            explore(whole, start(section), open, place, node);
        }
    }

    private void unpack(
            Codec codec, Section section, boolean open, Place place, BranchBuilder node) {
        if (!open) {
            return;
        }
        Place packed = place.in("packed data", start(section));
        try {
            Unpacked unpacked = codec.unpack(section.body(), packed, budget.unpackedLeft());
            unpacked(List.of(unpacked), place, node);
        } catch (MalformedImageException e) {
            node.add(e.finding());
        }
    }

    private void unpackEfi(Section section, boolean open, Place place, BranchBuilder node) {
        if (!open) {
            return;
        }
        Place packed = place.in("packed data", start(section));
        try {
            unpacked(Codec.unpackEfi(section.body(), packed, budget.unpackedLeft()), place, node);
        } catch (MalformedImageException e) {
            node.add(e.finding());
        }
    }

    /// Goes on with the first candidate that begins like a section, or with the first one.
    private void unpacked(List<Unpacked> candidates, Place outer, BranchBuilder node) {
        Unpacked chosen = candidates.getFirst();
        for (Unpacked candidate : candidates) {
            if (beginsWithSection(candidate.bytes())) {
                chosen = candidate;
                break;
            }
        }
        if (!budget.admits(chosen, outer, node)) {
            return;
        }
        Image bytes = chosen.bytes();
        Place place = outer.unpacked(chosen.codec().label());
        BranchBuilder inside =
                new BranchBuilder(Node.Type.UNPACKED, chosen.codec().label(), 0, bytes.size());
        if (beginsWithSection(bytes)) {
            explore(bytes, 0, true, place, inside);
        } else {
            explorer.scanner().scan(bytes, 0, place, inside);
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

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
    void explore(Image container, long start, Place place, BranchBuilder node) {
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
            section((Section) part, container, place, node);
        }
    }

    /// One section of `container` becomes part of `node`.
    void section(Section section, Image container, Place outer, BranchBuilder node) {
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

    private Branch freeform(Section.Freeform section, Image whole, Place outer) {
        BranchBuilder inside = builder(section, "freeform " + section.subType());
        Place place = outer.in("freeform", section.offset());
        explorer.scanner().scan(whole, start(section), place, inside);
        return inside.build();
    }

    private Branch plain(Section.Plain section, Image whole, Place outer, BranchBuilder node) {
        String label = section.header().type().label();
        Place place = outer.in(label, section.offset());
        Image body = section.body();
        return switch (section.header().type()) {
            case USER_INTERFACE -> {
                String name = body.utf16();
                node.fileName(name);
                yield small(builder(section, label + " \"" + name + "\""), section, whole, place);
            }
            case VERSION -> {
                String text = body.size() > 2 ? body.from(2).utf16() : "";
                yield small(builder(section, label + " \"" + text + "\""), section, whole, place);
            }
            case DXE_DEPEX, PEI_DEPEX, MM_DEPEX ->
                    small(builder(section, label), section, whole, place);
            case PE32, PIC, TE -> {
                BranchBuilder inside = builder(section, label + programs.describe(body));
                Programs.Look look = programs.examine(body, place, inside);
                // One byte further: the program itself is known.
                long from = start(section) + 1;
                if (look == Programs.Look.MARKED) {
                    explorer.scanner().scanForFinds(whole, from, place, inside);
                } else {
                    explorer.scanner().scanProgram(whole, from, place, inside);
                }
                yield inside.build();
            }
            case DISPOSABLE -> {
                BranchBuilder inside = builder(section, label);
                explore(whole, start(section), place, inside);
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

    /// A section that is small as a rule; the size of one that is not is likely wrong.
    private Branch small(BranchBuilder node, Section.Plain section, Image whole, Place place) {
        if (whole.size() > MOST_OF_SMALL) {
            explorer.scanner().scanForFinds(whole, start(section), place, node);
        }
        return node.build();
    }

    private Branch compression(Section.Compression section, Image whole, Place outer) {
        String label = section.header().type().label();
        Place place = outer.in(label, section.offset());
        BranchBuilder inside = builder(section, label);
        switch (section.compressionType()) {
            case NOT_COMPRESSED -> explore(whole, start(section), place, inside);
            case STANDARD_COMPRESSION -> unpackEfi(section, place, inside);
            case LZMA_COMPRESSION -> unpack(Codec.LZMA, section, place, inside);
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

    private Branch guided(Section.GuidDefined section, Image whole, Place outer) {
        Optional<GuidedKind> kind = GuidedKind.of(section.guid());
        String label =
                kind.map(GuidedKind::label).orElseGet(() -> "GUID-defined " + section.guid());
        Place place = outer.in(label, section.offset());
        BranchBuilder inside = builder(section, label);
        if (kind.isEmpty()) {
            unknownGuid(section, whole, place, inside);
            return inside.build();
        }
        switch (kind.get()) {
            case LZMA -> unpack(Codec.LZMA, section, place, inside);
            case LZMA_X86 -> unpack(Codec.LZMA_X86, section, place, inside);
            case TIANO -> unpackEfi(section, place, inside);
            case BROTLI -> unpack(Codec.BROTLI, section, place, inside);
            case GZIP, ZLIB -> unpack(Codec.ZLIB, section, place, inside);
            case CRC32 -> {
                Image sum = section.extra();
                if (sum.size() >= 4 && sum.u32(0) != section.body().crc32()) {
                    inside.add(
                            Finding.odd(place, start(section) - sum.size(), "the CRC32 is wrong"));
                }
                explore(whole, start(section), place, inside);
            }
            case SIGNED -> explore(whole, start(section), place, inside);
        }
        return inside.build();
    }

    private void unknownGuid(
            Section.GuidDefined section, Image whole, Place place, BranchBuilder node) {
        if (section.processingRequired()) {
            node.add(
                    Finding.broken(
                            place,
                            section.header().length(),
                            "nobody here knows how to process " + section.guid()));
            explorer.scanner().scan(whole, start(section), place, node);
        } else {
            explore(whole, start(section), place, node);
        }
    }

    private void unpack(Codec codec, Section section, Place place, BranchBuilder node) {
        if (!unpacks) {
            return;
        }
        Place packed = place.in("packed data", start(section));
        try {
            Unpacked unpacked = codec.unpack(section.body(), packed, budget.unpacked());
            unpacked(List.of(unpacked), place, node);
        } catch (MalformedImageException e) {
            node.add(e.finding());
        }
    }

    private void unpackEfi(Section section, Place place, BranchBuilder node) {
        if (!unpacks) {
            return;
        }
        Place packed = place.in("packed data", start(section));
        try {
            unpacked(Codec.unpackEfi(section.body(), packed, budget.unpacked()), place, node);
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
        chosen.damage().ifPresent(node::add);
        Image bytes = chosen.bytes();
        Place place = outer.unpacked(chosen.codec().label());
        BranchBuilder inside =
                new BranchBuilder(Node.Type.UNPACKED, chosen.codec().label(), 0, bytes.size());
        if (beginsWithSection(bytes)) {
            explore(bytes, 0, place, inside);
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

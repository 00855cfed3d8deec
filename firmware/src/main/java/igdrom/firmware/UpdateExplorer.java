package igdrom.firmware;

import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.formats.biosguard.PfatPackage;
import igdrom.formats.biosguard.PfatPart;
import igdrom.formats.compress.Codec;
import igdrom.formats.iflash.IflashRecord;
import igdrom.formats.pfs.Chunks;
import igdrom.formats.pfs.DellSection;
import igdrom.formats.pfs.PfsEntry;
import igdrom.formats.pfs.PfsPackage;
import igdrom.formats.ucp.UcpModule;
import igdrom.formats.ucp.UcpPackage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens what vendors wrap updates in. Each is found by its signature, since as a rule a program
/// stands before it.
final class UpdateExplorer {
    private final Explorer explorer;
    private final Unpacking unpacking;
    private final Budget budget;

    UpdateExplorer(Explorer explorer, Unpacking unpacking, Budget budget) {
        this.explorer = explorer;
        this.unpacking = unpacking;
        this.budget = budget;
    }

    /// What vendor's update there is.
    ///
    /// @param at where in `image` the scanner saw the start of a signature
    /// @param floor where the structure before it ends
    /// @return null when there is none
    /// @throws MalformedImageException when it only looks like one
    Explorer.@Nullable Reading at(Image image, long at, long floor, Place outer) {
        long tagged = at - PfatPackage.TAG_AT;
        if (tagged >= floor && PfatPackage.looksLikePackage(image, tagged)) {
            return pfat(image, tagged, outer);
        }
        long signed = at - DellSection.SIGNATURE_AT;
        if (signed >= floor && DellSection.looksLikeSection(image, signed)) {
            return dellSection(image, signed, outer);
        }
        if (PfsPackage.looksLikePackage(image, at)) {
            return pfs(image, at, outer);
        }
        if (IflashRecord.looksLikeRecord(image, at)) {
            return iflash(image, at, outer);
        }
        return UcpPackage.looksLikePackage(image, at) ? ucp(image, at, outer) : null;
    }

    private static BranchBuilder builder(String label, long offset, long size, Findings findings) {
        BranchBuilder node = new BranchBuilder(Node.Type.UPDATE, label, offset, size);
        node.findings().addAll(findings);
        return node;
    }

    /// AMI's BIOS Guard package that begins at `offset` of `image`.
    private Explorer.Reading pfat(Image image, long offset, Place outer) {
        Place place = outer.in("PFAT", offset);
        Findings findings = new Findings();
        PfatPackage pfat = PfatPackage.read(image.from(offset), place, findings);
        BranchBuilder node = builder("BIOS Guard package", offset, pfat.size(), findings);
        for (PfatPart part : pfat.parts()) {
            if (!budget.takeNode()) {
                node.add(Explorer.tooManyParts(place, 0));
                break;
            }
            if (!part.blocks().isEmpty()) {
                String name = part.name().isEmpty() ? "part without a name" : part.name();
                unpacking.scanJoined(part.data(), name, place, node);
            }
        }
        return new Explorer.Reading(node.build(), offset + pfat.size());
    }

    /// Dell's packed section that begins at `offset` of `image`.
    private Explorer.Reading dellSection(Image image, long offset, Place outer) {
        Place place = outer.in("Dell section", offset);
        Findings findings = new Findings();
        DellSection section = DellSection.read(image.from(offset), place, findings);
        String label =
                switch (section.type()) {
                    case DellSection.FIRMWARE -> "Dell section, firmware";
                    case DellSection.UTILITIES -> "Dell section, utilities";
                    default -> "Dell section";
                };
        BranchBuilder node = builder(label, offset, section.length(), findings);
        Place packed = place.in("packed data", DellSection.packedOffset());
        boolean zlib = unpacking.scan(Codec.ZLIB, section.packed(), packed, node);
        // Where nothing comes out the size may be as wrong.
        long length = zlib ? section.length() : DellSection.packedOffset();
        return new Explorer.Reading(node.build(), offset + length);
    }

    /// Dell's package that begins at `offset` of `image`.
    private Explorer.Reading pfs(Image image, long offset, Place outer) {
        Place place = outer.in("PFS", offset);
        Findings findings = new Findings();
        PfsPackage pfs = PfsPackage.read(image.from(offset), place, findings);
        Image whole = image.slice(offset, pfs.size());
        BranchBuilder node = builder("Dell package", offset, whole.size(), findings);
        Optional<Chunks> chunks = Chunks.of(pfs, place, node.findings());
        if (chunks.isPresent()) {
            unpacking.scanJoined(chunks.get().pieces(), "chunks", place, node);
        } else {
            entries(pfs, whole, place, node);
        }
        // What is behind a broken entry.
        explorer.scanner().scan(whole, pfs.restOffset(), place, node);
        return new Explorer.Reading(node.build(), offset + pfs.size());
    }

    private void entries(PfsPackage pfs, Image whole, Place outer, BranchBuilder node) {
        long at = PfsPackage.entriesOffset();
        for (PfsEntry entry : pfs.entries()) {
            if (!budget.takeNode()) {
                node.add(Explorer.tooManyParts(outer, at));
                return;
            }
            Place place = outer.in("entry " + Explorer.shortName(entry.guid()), at);
            BranchBuilder inside =
                    new BranchBuilder(Node.Type.DATA, "entry " + entry.guid(), at, entry.size());
            Place data = place.in("data", entry.dataOffset());
            // The signatures and the metadata too: the sizes may be wrong.
            long size = entry.size() - entry.dataOffset();
            Image parts = whole.slice(at + entry.dataOffset(), size);
            explorer.scanner().scan(parts, 0, data, inside);
            node.add(inside.build());
            at += entry.size();
        }
    }

    /// Insyde's record that begins at `offset` of `image`.
    private Explorer.Reading iflash(Image image, long offset, Place outer) {
        Findings findings = new Findings();
        Image from = image.from(offset);
        IflashRecord record = IflashRecord.read(from, outer.in("iFlash", offset), findings);
        String name = "iFlash " + record.name();
        Place place = outer.in(name, offset);
        BranchBuilder node = builder(name, offset, record.size(), findings);
        Place data = place.in("data", IflashRecord.HEADER_SIZE);
        explorer.scanner().scan(record.data(), 0, data, node);
        return new Explorer.Reading(node.build(), offset + record.size());
    }

    /// AMI's package of modules that begins at `offset` of `image`.
    ///
    /// @return null for the label of a tool
    private Explorer.@Nullable Reading ucp(Image image, long offset, Place outer) {
        Place place = outer.in("UCP", offset);
        Findings findings = new Findings();
        UcpPackage ucp = UcpPackage.read(image.from(offset), place, findings);
        if (ucp.isLabel()) {
            return null;
        }
        BranchBuilder node = builder("AMI update package", offset, ucp.length(), findings);
        long at = UcpPackage.modulesOffset();
        for (UcpModule module : ucp.modules()) {
            if (!budget.takeNode()) {
                node.add(Explorer.tooManyParts(place, at));
                break;
            }
            node.add(module(module, at, place));
            at += module.length();
        }
        // What is behind a broken module.
        Image whole = image.slice(offset, ucp.length());
        explorer.scanner().scan(whole, ucp.length() - ucp.rest().size(), place, node);
        return new Explorer.Reading(node.build(), offset + ucp.length());
    }

    private Branch module(UcpModule module, long at, Place outer) {
        String name = "module " + module.tag().latin1();
        Place place = outer.in(name, at);
        BranchBuilder node = new BranchBuilder(Node.Type.DATA, name, at, module.length());
        if (module.packed()) {
            Place packed = place.in("packed data", UcpModule.HEADER_SIZE);
            unpacking.scanEfi(module.packedData(), packed, node);
        } else {
            Place data = place.in("data", UcpModule.dataOffset());
            explorer.scanner().scan(module.data(), 0, data, node);
        }
        return node.build();
    }
}

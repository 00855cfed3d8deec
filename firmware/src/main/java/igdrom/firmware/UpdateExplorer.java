package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
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
    Explorer.@Nullable Reading at(Image image, long at, long floor, Location outer) {
        long tagged = at - PfatPackage.TAG_OFFSET;
        if (tagged >= floor && PfatPackage.looksLikePackage(image, tagged)) {
            return pfat(image, tagged, outer);
        }
        long signed = at - DellSection.SIGNATURE_OFFSET;
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

    private static BranchBuilder builder(
            String label, long offset, long size, Diagnostics diagnostics) {
        BranchBuilder node = new BranchBuilder(Node.Type.UPDATE, label, offset, size);
        node.diagnostics().addAll(diagnostics);
        return node;
    }

    /// AMI's BIOS Guard package that begins at `offset` of `image`.
    private Explorer.Reading pfat(Image image, long offset, Location outer) {
        Location location = outer.in("PFAT", offset);
        Diagnostics diagnostics = new Diagnostics();
        PfatPackage pfat = PfatPackage.read(image.from(offset), location, diagnostics);
        BranchBuilder node = builder("BIOS Guard package", offset, pfat.size(), diagnostics);
        for (PfatPart part : pfat.parts()) {
            if (!budget.takeNode()) {
                node.add(Explorer.tooManyParts(location, 0));
                break;
            }
            if (!part.blocks().isEmpty()) {
                String name = part.name().isEmpty() ? "part without a name" : part.name();
                unpacking.scanJoined(part.data(), name, location, node);
            }
        }
        return new Explorer.Reading(node.build(), offset + pfat.size());
    }

    /// Dell's packed section that begins at `offset` of `image`.
    private Explorer.Reading dellSection(Image image, long offset, Location outer) {
        Location location = outer.in("Dell section", offset);
        Diagnostics diagnostics = new Diagnostics();
        DellSection section = DellSection.read(image.from(offset), location, diagnostics);
        String label =
                switch (section.type()) {
                    case DellSection.FIRMWARE -> "Dell section, firmware";
                    case DellSection.UTILITIES -> "Dell section, utilities";
                    default -> "Dell section";
                };
        BranchBuilder node = builder(label, offset, section.length(), diagnostics);
        Location packed = location.in("packed data", DellSection.compressedOffset());
        boolean zlib = unpacking.scan(Codec.ZLIB, section.compressed(), packed, node);
        // Where nothing comes out the size may be as wrong.
        long length = zlib ? section.length() : DellSection.compressedOffset();
        return new Explorer.Reading(node.build(), offset + length);
    }

    /// Dell's package that begins at `offset` of `image`.
    private Explorer.Reading pfs(Image image, long offset, Location outer) {
        Location location = outer.in("PFS", offset);
        Diagnostics diagnostics = new Diagnostics();
        PfsPackage pfs = PfsPackage.read(image.from(offset), location, diagnostics);
        Image whole = image.slice(offset, pfs.size());
        BranchBuilder node = builder("Dell package", offset, whole.size(), diagnostics);
        Optional<Chunks> chunks = Chunks.of(pfs, location, node.diagnostics());
        if (chunks.isPresent()) {
            unpacking.scanJoined(chunks.get().pieces(), "chunks", location, node);
        } else {
            entries(pfs, whole, location, node);
        }
        // What is behind a broken entry.
        explorer.scanner().scan(whole, pfs.restOffset(), location, node);
        return new Explorer.Reading(node.build(), offset + pfs.size());
    }

    private void entries(PfsPackage pfs, Image whole, Location outer, BranchBuilder node) {
        long at = PfsPackage.entriesOffset();
        for (PfsEntry entry : pfs.entries()) {
            if (!budget.takeNode()) {
                node.add(Explorer.tooManyParts(outer, at));
                return;
            }
            Location location = outer.in("entry " + Explorer.shortName(entry.guid()), at);
            BranchBuilder inside =
                    new BranchBuilder(Node.Type.DATA, "entry " + entry.guid(), at, entry.size());
            Location data = location.in("data", entry.dataOffset());
            // The signatures and the metadata too: the sizes may be wrong.
            long size = entry.size() - entry.dataOffset();
            Image parts = whole.slice(at + entry.dataOffset(), size);
            explorer.scanner().scan(parts, 0, data, inside);
            node.add(inside.build());
            at += entry.size();
        }
    }

    /// Insyde's record that begins at `offset` of `image`.
    private Explorer.Reading iflash(Image image, long offset, Location outer) {
        Diagnostics diagnostics = new Diagnostics();
        Image from = image.from(offset);
        IflashRecord record = IflashRecord.read(from, outer.in("iFlash", offset), diagnostics);
        String name = "iFlash " + record.name();
        Location location = outer.in(name, offset);
        BranchBuilder node = builder(name, offset, record.size(), diagnostics);
        Location data = location.in("data", IflashRecord.HEADER_SIZE);
        explorer.scanner().scan(record.data(), 0, data, node);
        return new Explorer.Reading(node.build(), offset + record.size());
    }

    /// AMI's package of modules that begins at `offset` of `image`.
    ///
    /// @return null for the label of a tool
    private Explorer.@Nullable Reading ucp(Image image, long offset, Location outer) {
        Location location = outer.in("UCP", offset);
        Diagnostics diagnostics = new Diagnostics();
        UcpPackage ucp = UcpPackage.read(image.from(offset), location, diagnostics);
        if (ucp.isLabel()) {
            return null;
        }
        BranchBuilder node = builder("AMI update package", offset, ucp.length(), diagnostics);
        long at = UcpPackage.modulesOffset();
        for (UcpModule module : ucp.modules()) {
            if (!budget.takeNode()) {
                node.add(Explorer.tooManyParts(location, at));
                break;
            }
            node.add(module(module, at, location));
            at += module.length();
        }
        // What is behind a broken module.
        Image whole = image.slice(offset, ucp.length());
        explorer.scanner().scan(whole, ucp.length() - ucp.rest().size(), location, node);
        return new Explorer.Reading(node.build(), offset + ucp.length());
    }

    private Branch module(UcpModule module, long at, Location outer) {
        String name = "module " + module.tag().latin1();
        Location location = outer.in(name, at);
        BranchBuilder node = new BranchBuilder(Node.Type.DATA, name, at, module.length());
        if (module.isCompressed()) {
            Location packed = location.in("packed data", UcpModule.HEADER_SIZE);
            unpacking.scanEfi(module.compressedData(), packed, node);
        } else {
            Location data = location.in("data", UcpModule.dataOffset());
            explorer.scanner().scan(module.data(), 0, data, node);
        }
        return node.build();
    }
}

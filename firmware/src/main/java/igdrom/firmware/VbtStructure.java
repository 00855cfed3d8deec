package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.vbt.Vbt;
import java.util.List;
import java.util.Optional;

/// A video BIOS table.
final class VbtStructure implements Structure {
    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAscii(0, "$VBT"));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return Vbt.looksLikeVbt(image, offset);
    }

    @Override
    public Optional<FileKind> fileKind() {
        return Optional.of(FileKind.VBT);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        Image data = candidate.data();
        long offset = candidate.offset();
        Context inside = context.in("VBT", offset);
        Diagnostics diagnostics = new Diagnostics();
        Image all = data.slice(offset, Vbt.sizeAt(data, offset)).detached();
        Vbt vbt = Vbt.read(all, inside.location(), diagnostics);
        long bdbEnd = vbt.header().bdbOffset() + vbt.bdb().size();
        // A claimed size that does not even reach the BDB is not a size.
        long claimed = vbt.header().vbtSize();
        long size = claimed > vbt.header().bdbOffset() ? claimed : bdbEnd;
        Image bytes = all.slice(0, Math.min(size, all.size()));
        String label = "VBT " + vbt.header().platform() + ", BDB " + vbt.bdb().version();
        Context node = inside.part(Node.Type.VBT, label, offset, bytes.size());
        node.diagnostics().addAll(diagnostics);
        node.add(new VideoBiosTable(Origin.at(inside.location()), vbt, bytes));
        // The size may be too large, and other data begin after the blocks.
        long end = offset + Math.min(bytes.size(), bdbEnd);
        return Optional.of(new Reading(node.toSubtree(), end));
    }
}

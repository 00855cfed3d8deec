package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Decompressed;
import java.util.List;

/// Searches what comes out of packed data, and of data in pieces, within the budget.
final class Unpacking {
    private final Explorer explorer;
    private final Budget budget;

    Unpacking(Explorer explorer, Budget budget) {
        this.explorer = explorer;
        this.budget = budget;
    }

    /// Unpacks what a codec is known for.
    ///
    /// @return whether anything came out
    boolean scan(Codec codec, Image packed, Location location, BranchBuilder node) {
        try {
            Decompressed decompressed = codec.decompress(packed, location, budget.decompressed());
            scan(decompressed, location, node);
            return !decompressed.bytes().isEmpty();
        } catch (MalformedImageException e) {
            node.add(e.diagnostic());
            return false;
        }
    }

    /// Unpacks EFI 1.1 or Tiano.
    void scanEfi(Image packed, Location location, BranchBuilder node) {
        try {
            for (Decompressed decompressed :
                    Codec.decompressEfi(packed, location, budget.decompressed())) {
                scan(decompressed, location, node);
            }
        } catch (MalformedImageException e) {
            node.add(e.diagnostic());
        }
    }

    private void scan(Decompressed decompressed, Location location, BranchBuilder node) {
        decompressed.damage().ifPresent(node::add);
        String label = decompressed.codec().label();
        scan(decompressed.bytes(), label, location.decompressed(label), node);
    }

    /// Puts pieces together, and searches the whole.
    ///
    /// @param label what the whole is
    void scanJoined(List<Image> pieces, String label, Location location, BranchBuilder node) {
        long size = 0;
        for (Image piece : pieces) {
            size += piece.size();
        }
        if (budget.admits(size, location, node)) {
            scan(Image.join(pieces), label, location.decompressed(label), node);
        }
    }

    private void scan(Image bytes, String label, Location inside, BranchBuilder node) {
        BranchBuilder branch = new BranchBuilder(Node.Type.DECOMPRESSED, label, 0, bytes.size());
        explorer.scanner().scan(bytes, 0, inside, branch);
        node.add(branch.build());
    }
}

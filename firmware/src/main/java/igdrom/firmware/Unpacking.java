package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.formats.compress.Codec;
import igdrom.formats.compress.Unpacked;
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
    boolean scan(Codec codec, Image packed, Place place, BranchBuilder node) {
        try {
            Unpacked unpacked = codec.unpack(packed, place, budget.unpacked());
            scan(unpacked, place, node);
            return !unpacked.bytes().isEmpty();
        } catch (MalformedImageException e) {
            node.add(e.finding());
            return false;
        }
    }

    /// Unpacks EFI 1.1 or Tiano.
    void scanEfi(Image packed, Place place, BranchBuilder node) {
        try {
            for (Unpacked unpacked : Codec.unpackEfi(packed, place, budget.unpacked())) {
                scan(unpacked, place, node);
            }
        } catch (MalformedImageException e) {
            node.add(e.finding());
        }
    }

    private void scan(Unpacked unpacked, Place place, BranchBuilder node) {
        unpacked.damage().ifPresent(node::add);
        String label = unpacked.codec().label();
        scan(unpacked.bytes(), label, place.unpacked(label), node);
    }

    /// Puts pieces together, and searches the whole.
    ///
    /// @param label what the whole is
    void scanJoined(List<Image> pieces, String label, Place place, BranchBuilder node) {
        long size = 0;
        for (Image piece : pieces) {
            size += piece.size();
        }
        if (budget.admits(size, place, node)) {
            scan(Image.join(pieces), label, place.unpacked(label), node);
        }
    }

    private void scan(Image bytes, String label, Place inside, BranchBuilder node) {
        BranchBuilder branch = new BranchBuilder(Node.Type.UNPACKED, label, 0, bytes.size());
        explorer.scanner().scan(bytes, 0, inside, branch);
        node.add(branch.build());
    }
}

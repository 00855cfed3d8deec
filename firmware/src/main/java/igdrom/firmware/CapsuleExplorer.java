package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.capsule.Capsule;
import igdrom.formats.capsule.CapsuleKind;
import igdrom.formats.capsule.FmpBody;
import igdrom.formats.capsule.FmpPayload;

/// Opens the capsule that a file is.
final class CapsuleExplorer {
    private static final long CAPSULE_GUID_END = 16;

    private final Explorer explorer;

    CapsuleExplorer(Explorer explorer) {
        this.explorer = explorer;
    }

    /// The capsule becomes part of `root`; where it makes no sense, what is in the file does.
    void explore(Image file, Location location, BranchBuilder root) {
        Capsule capsule;
        try {
            capsule = Capsule.read(file, location, root.diagnostics());
        } catch (MalformedImageException e) {
            root.add(e.diagnostic());
            explorer.scanner().scan(file, 0, location, root);
            return;
        }
        BranchBuilder body =
                new BranchBuilder(
                        Node.Type.CAPSULE,
                        capsule.kind().label(),
                        capsule.bodyOffset(),
                        capsule.body().size());
        // Where the header's size is wrong, the body begins earlier.
        explorer.scanner().scanPart(file, CAPSULE_GUID_END, capsule.bodyOffset(), location, root);
        long end = file.size() - capsule.trailer().size();
        Location inside = location.in("capsule body", capsule.bodyOffset());
        if (capsule.kind() == CapsuleKind.FMP) {
            items(capsule.body(), inside, body);
        } else {
            explorer.scanner().scan(capsule.body(), 0, inside, body);
        }
        root.add(body.build());
        explorer.scanner().scan(file, end, location, root);
    }

    private void items(Image raw, Location location, BranchBuilder node) {
        FmpBody body;
        try {
            body = FmpBody.read(raw, location, node.diagnostics());
        } catch (MalformedImageException e) {
            node.add(e.diagnostic());
            explorer.scanner().scan(raw, 0, location, node);
            return;
        }
        // Where the list is sound nothing is there.
        long first = body.items().isEmpty() ? raw.size() : body.items().getFirst().offset();
        explorer.scanner().scan(raw.slice(0, first), body.itemsOffset(), location, node);
        for (FmpBody.Item item : body.items()) {
            node.add(item.driver() ? driver(item, location) : payload(item, location));
        }
    }

    private Branch driver(FmpBody.Item item, Location outer) {
        String name = "driver " + item.number();
        BranchBuilder node = builder(name, item);
        explorer.scanner().scan(item.raw(), 0, outer.in(name, item.offset()), node);
        return node.build();
    }

    private Branch payload(FmpBody.Item item, Location outer) {
        Location location = outer.in("item " + item.number(), item.offset());
        Diagnostics diagnostics = new Diagnostics();
        FmpPayload payload;
        try {
            payload = FmpPayload.read(item.raw(), location, diagnostics);
        } catch (MalformedImageException e) {
            BranchBuilder node = builder("item " + item.number(), item);
            node.add(e.diagnostic());
            explorer.scanner().scan(item.raw(), 0, location, node);
            return node.build();
        }
        String version =
                payload.header()
                        .map(header -> String.format(", version 0x%x", header.firmwareVersion()))
                        .orElse("");
        BranchBuilder node = builder("payload for " + payload.typeId() + version, item);
        node.diagnostics().addAll(diagnostics);
        Location image = location.in("image", payload.imageOffset());
        explorer.scanner().scan(payload.image(), 0, image, node);
        long behind = payload.imageOffset() + payload.image().size();
        explorer.scanner().scan(item.raw(), behind, location, node);
        return node.build();
    }

    private static BranchBuilder builder(String label, FmpBody.Item item) {
        return new BranchBuilder(Node.Type.DATA, label, item.offset(), item.raw().size());
    }
}

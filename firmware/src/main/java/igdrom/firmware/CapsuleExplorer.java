package igdrom.firmware;

import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.bytes.Problem;
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
    void explore(Image file, Place place, BranchBuilder root) {
        Capsule capsule;
        try {
            capsule = Capsule.read(file, place, root.findings());
        } catch (MalformedImageException e) {
            root.add(e.finding());
            explorer.scanner().scan(file, 0, place, root);
            return;
        }
        BranchBuilder body =
                new BranchBuilder(
                        Node.Type.CAPSULE,
                        capsule.kind().label(),
                        capsule.bodyOffset(),
                        capsule.body().size());
        // Where the header's size is wrong, the body begins earlier.
        explorer.scanner().scanPart(file, CAPSULE_GUID_END, capsule.bodyOffset(), place, root);
        long end = file.size() - capsule.trailer().size();
        Place inside = place.in("capsule body", capsule.bodyOffset());
        if (capsule.kind() == CapsuleKind.FMP) {
            items(capsule.body(), inside, body);
        } else {
            explorer.scanner().scan(capsule.body(), 0, inside, body);
        }
        root.add(body.build());
        explorer.scanner().scan(file, end, place, root);
    }

    private void items(Image raw, Place place, BranchBuilder node) {
        FmpBody body;
        try {
            body = FmpBody.read(raw, place, node.findings());
        } catch (MalformedImageException e) {
            node.add(e.finding());
            explorer.scanner().scan(raw, 0, place, node);
            return;
        }
        // Where the list is sound nothing is there.
        long first = body.items().isEmpty() ? raw.size() : body.items().getFirst().offset();
        explorer.scanner().scan(raw.slice(0, first), body.itemsOffset(), place, node);
        for (FmpBody.Item item : body.items()) {
            node.add(item.driver() ? driver(item, place) : payload(item, place));
        }
    }

    private Branch driver(FmpBody.Item item, Place outer) {
        String name = "driver " + item.number();
        BranchBuilder node = builder(name, item);
        explorer.scanner().scan(item.raw(), 0, outer.in(name, item.offset()), node);
        return node.build();
    }

    private Branch payload(FmpBody.Item item, Place outer) {
        Place place = outer.in("item " + item.number(), item.offset());
        Findings findings = new Findings();
        FmpPayload payload;
        try {
            payload = FmpPayload.read(item.raw(), place, findings);
        } catch (MalformedImageException e) {
            BranchBuilder node = builder("item " + item.number(), item);
            node.add(e.finding());
            explorer.scanner().scan(item.raw(), 0, place, node);
            return node.build();
        }
        String version =
                payload.header()
                        .map(header -> Problem.of(", version 0x%x", header.firmwareVersion()))
                        .orElse("");
        BranchBuilder node = builder("payload for " + payload.typeId() + version, item);
        node.findings().addAll(findings);
        Place image = place.in("image", payload.imageOffset());
        explorer.scanner().scan(payload.image(), 0, image, node);
        long behind = payload.imageOffset() + payload.image().size();
        explorer.scanner().scan(item.raw(), behind, place, node);
        return node.build();
    }

    private static BranchBuilder builder(String label, FmpBody.Item item) {
        return new BranchBuilder(Node.Type.DATA, label, item.offset(), item.raw().size());
    }
}

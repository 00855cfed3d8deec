package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.capsule.Capsule;
import igdrom.formats.capsule.CapsuleKind;
import igdrom.formats.capsule.FmpBody;
import igdrom.formats.capsule.FmpPayload;

/// An update capsule.
final class CapsuleFile implements WholeFile {
    private static final long CAPSULE_GUID_END = 16;

    @Override
    public FileKind kind() {
        return FileKind.CAPSULE;
    }

    @Override
    public boolean matches(Image file) {
        return Capsule.looksLikeCapsule(file);
    }

    /// Reads the capsule. If its header is invalid the whole file is searched.
    @Override
    public void read(Image file, Context context) {
        Capsule capsule;
        try {
            capsule = Capsule.read(file, context.location(), context.diagnostics());
        } catch (MalformedImageException e) {
            context.diagnostics().add(e.diagnostic());
            context.scan(file, 0);
            return;
        }
        long bodyOffset = capsule.bodyOffset();
        Context body =
                context.in("capsule body", bodyOffset)
                        .part(
                                Node.Type.CAPSULE,
                                capsule.kind().label(),
                                bodyOffset,
                                capsule.body().size());
        // Where the header's size is wrong, the body begins earlier.
        context.scan(file, CAPSULE_GUID_END, bodyOffset);
        if (capsule.kind() == CapsuleKind.FMP) {
            items(capsule.body(), body);
        } else {
            body.scan(capsule.body(), 0);
        }
        context.add(body.toSubtree());
        context.scan(file, file.size() - capsule.trailer().size());
    }

    private static void items(Image raw, Context context) {
        FmpBody body;
        try {
            body = FmpBody.read(raw, context.location(), context.diagnostics());
        } catch (MalformedImageException e) {
            context.diagnostics().add(e.diagnostic());
            context.scan(raw, 0);
            return;
        }
        // Where the list of items is valid, nothing precedes the first one.
        long first = body.items().isEmpty() ? raw.size() : body.items().getFirst().offset();
        context.scan(raw.slice(0, first), body.itemsOffset());
        for (FmpBody.Item item : body.items()) {
            context.add(item.driver() ? driver(item, context) : payload(item, context));
        }
    }

    private static Subtree driver(FmpBody.Item item, Context context) {
        String name = "driver " + item.number();
        Context node = part(name, item, context.in(name, item.offset()));
        node.scan(item.raw(), 0);
        return node.toSubtree();
    }

    private static Subtree payload(FmpBody.Item item, Context context) {
        String name = "item " + item.number();
        Context inside = context.in(name, item.offset());
        Diagnostics diagnostics = new Diagnostics();
        FmpPayload payload;
        try {
            payload = FmpPayload.read(item.raw(), inside.location(), diagnostics);
        } catch (MalformedImageException e) {
            Context node = part(name, item, inside);
            node.diagnostics().add(e.diagnostic());
            node.scan(item.raw(), 0);
            return node.toSubtree();
        }
        String version =
                payload.header()
                        .map(header -> ", version 0x%x".formatted(header.firmwareVersion()))
                        .orElse("");
        Context node = part("payload for " + payload.typeId() + version, item, inside);
        node.diagnostics().addAll(diagnostics);
        node.in("image", payload.imageOffset()).scan(payload.image(), 0);
        node.scan(item.raw(), payload.imageOffset() + payload.image().size());
        return node.toSubtree();
    }

    private static Context part(String label, FmpBody.Item item, Context context) {
        return context.part(Node.Type.DATA, label, item.offset(), item.raw().size());
    }
}

package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.formats.ucp.UcpModule;
import igdrom.formats.ucp.UcpPackage;
import java.util.List;
import java.util.Optional;

/// AMI's update package of modules (UCP).
final class UcpStructure implements Structure {
    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAscii(0, "@UAF"), Signature.ofAscii(0, "@HPU"));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return UcpPackage.looksLikePackage(image, offset);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Context inside = context.in("UCP", offset);
        Diagnostics diagnostics = new Diagnostics();
        UcpPackage ucp = UcpPackage.read(candidate.image(), inside.location(), diagnostics);
        if (ucp.isLabel()) {
            return Optional.empty();
        }
        Context node = inside.part(Node.Type.UPDATE, "AMI update package", offset, ucp.length());
        node.diagnostics().addAll(diagnostics);
        long at = UcpPackage.modulesOffset();
        for (UcpModule module : ucp.modules()) {
            if (!node.takePart(at)) {
                break;
            }
            node.add(module(module, at, node));
            at += module.length();
        }
        // After a broken module.
        Image whole = candidate.data().slice(offset, ucp.length());
        node.scan(whole, ucp.length() - ucp.rest().size());
        return Optional.of(new Reading(node.toSubtree(), offset + ucp.length()));
    }

    private static Subtree module(UcpModule module, long at, Context context) {
        String name = "module " + module.tag().latin1();
        Context node = context.in(name, at).part(Node.Type.DATA, name, at, module.length());
        if (module.isCompressed()) {
            Context data = node.in("compressed data", UcpModule.HEADER_SIZE);
            data.scanDecompressed(data.decompressEfi(module.compressedData()));
        } else {
            node.in("data", UcpModule.dataOffset()).scan(module.data(), 0);
        }
        return node.toSubtree();
    }
}

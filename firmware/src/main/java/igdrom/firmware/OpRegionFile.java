package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.formats.opregion.AsleMailbox;
import igdrom.formats.opregion.Mailbox;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionHeader;

/// An IGD OpRegion: a dump of what firmware leaves in memory for the driver.
final class OpRegionFile implements WholeFile {
    @Override
    public FileKind kind() {
        return FileKind.OPREGION;
    }

    @Override
    public boolean matches(Image file) {
        return OpRegion.looksLikeOpRegion(file, 0);
    }

    @Override
    public void read(Image file, Context context) {
        Diagnostics diagnostics = new Diagnostics();
        OpRegion region = OpRegion.read(file, context.location(), diagnostics);
        StringBuilder label = new StringBuilder("OpRegion ");
        label.append(region.header().versionText()).append(", mailboxes");
        for (Mailbox mailbox : Mailbox.values()) {
            if (region.header().has(mailbox)) {
                label.append(' ').append(mailbox.number());
            }
        }
        AsleMailbox asle = region.asle();
        if (asle.vbtAddress() != 0) {
            label.append(", RVDA 0x%x".formatted(asle.vbtAddress()))
                    .append(", RVDS 0x%x".formatted(asle.vbtSize()));
        }
        Context node = context.part(Node.Type.OPREGION, label.toString(), 0, file.size());
        node.diagnostics().addAll(diagnostics);
        // The VBT may be in a mailbox or after the OpRegion.
        node.scan(file, OpRegionHeader.SIZE);
        context.add(node.toSubtree());
    }
}

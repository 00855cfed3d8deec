package igdrom.cli.commands;

import igdrom.cli.options.Options;
import igdrom.formats.pci.PciId;
import igdrom.plan.Conflict;
import igdrom.report.Wording;

/// Spells what a user can do as options and commands.
final class OptionWording implements Wording {
    @Override
    public String allow(Conflict conflict) {
        return Options.ALLOW + " " + conflict.id();
    }

    @Override
    public String showAll() {
        return Options.ALL.name();
    }

    @Override
    public String verifyRom(PciId device, String file) {
        return "igdrom verify " + Options.DEVICE + " " + device + " " + file;
    }

    @Override
    public String readDriverReport() {
        return "igdrom report reads what the driver did (igdrom help report)";
    }
}

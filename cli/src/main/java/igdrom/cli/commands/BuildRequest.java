package igdrom.cli.commands;

import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.DeviceId;
import igdrom.cli.options.Options;
import igdrom.plan.LpcBridgePolicy;
import igdrom.plan.OpRegionSource;
import igdrom.plan.RomRequest;
import igdrom.plan.RomRequest.GopRequest;
import igdrom.plan.RomRequest.PolicyRequest;
import igdrom.plan.RomRequest.VbtRequest;
import java.util.Set;

/// The options of `igdrom build`, and the request for a ROM that they express.
final class BuildRequest {
    private BuildRequest() {}

    /// Adds the options that [#of] reads, and those of every command that writes a file.
    static CommandSyntax addOptions(CommandSyntax syntax) {
        return syntax.options(
                        Options.OUTPUT_ROM,
                        Options.DEVICE,
                        Options.HOST,
                        Options.SNAPSHOT,
                        Options.FIRMWARE,
                        Options.GOP,
                        Options.VBT,
                        Options.OPREGION,
                        Options.OPREGION_SOURCE,
                        Options.ASLS,
                        Options.DISPLAY_STATE,
                        Options.DISABLE_OUTPUT,
                        Options.REPACK_VBT,
                        Options.VGA_BIOS,
                        Options.MACHINE,
                        Options.STOLEN_BASE,
                        Options.STOLEN_SIZE,
                        Options.LID,
                        Options.DOCK,
                        Options.GOP_PCH,
                        Options.NO_PCH,
                        Options.NO_GOP,
                        Options.COMPRESS,
                        Options.TREAT_AS,
                        Options.CLASS,
                        Options.ALLOW,
                        Options.FORCE,
                        Options.JSON)
                .exclusive(Options.HOST, Options.SNAPSHOT)
                .exclusive(Options.GOP_PCH, Options.NO_PCH);
    }

    /// The revision of the device makes no difference to the ROM.
    static RomRequest of(Arguments arguments) {
        return RomRequest.of(arguments.get(Options.DEVICE).map(DeviceId::id).orElse(null))
                .withTreatAs(arguments.get(Options.TREAT_AS).orElse(null))
                .withMachine(arguments.get(Options.MACHINE).orElse(null))
                .withGop(new GopRequest(!arguments.has(Options.NO_GOP), bridge(arguments)))
                .withSource(
                        arguments
                                .get(Options.OPREGION_SOURCE)
                                .orElse(OpRegionSource.HYPERVISOR_FIRST))
                .withAslsAlways(arguments.get(Options.ASLS).orElse(false))
                .withClearsDisplayState(arguments.get(Options.DISPLAY_STATE).orElse(false))
                .withClass(arguments.get(Options.CLASS).orElse(null))
                .withVbt(
                        new VbtRequest(
                                arguments.words(Options.DISABLE_OUTPUT),
                                arguments.has(Options.REPACK_VBT)))
                .withStolen(
                        arguments.get(Options.STOLEN_BASE).orElse(null),
                        arguments.get(Options.STOLEN_SIZE).orElse(null))
                .withPolicy(
                        new PolicyRequest(
                                arguments.get(Options.LID).orElse(null),
                                arguments.has(Options.DOCK) ? true : null))
                .withCompression(arguments.has(Options.COMPRESS))
                .withAllowed(arguments.get(Options.ALLOW).orElse(Set.of()));
    }

    private static LpcBridgePolicy bridge(Arguments arguments) {
        if (arguments.has(Options.NO_PCH)) {
            return LpcBridgePolicy.NEVER;
        }
        return arguments
                .get(Options.GOP_PCH)
                .map(bridge -> new LpcBridgePolicy(true, bridge))
                .orElse(LpcBridgePolicy.AUTO);
    }
}

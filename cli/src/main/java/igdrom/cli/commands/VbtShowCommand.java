package igdrom.cli.commands;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.options.Arguments;
import igdrom.cli.options.CommandSyntax;
import igdrom.cli.options.Operands;
import igdrom.cli.options.Options;
import igdrom.cli.output.Console;
import igdrom.cli.output.Json;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.Contents;
import igdrom.firmware.FirmwareReader;
import igdrom.formats.vbt.VbtContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `igdrom vbt show FILE…`.
final class VbtShowCommand implements Command {
    @Override
    public CommandSyntax syntax() {
        return CommandSyntax.of(CommandName.VBT_SHOW.summary())
                .operands(
                        Operands.files(
                                "FILE", "1..*", "A VBT, OpRegion, VGA BIOS or firmware image."))
                .options(Options.ALL_BLOCKS, Options.RECURSIVE, Options.JSON)
                .examples(
                        "igdrom vbt show bios.bin",
                        "sudo cat /sys/kernel/debug/dri/0/i915_vbt > vbt.bin; igdrom vbt show"
                                + " vbt.bin");
    }

    @Override
    public ExitCode run(Arguments arguments, Console console) throws IOException {
        boolean all = arguments.has(Options.ALL_BLOCKS);
        return Batch.run(arguments, console, (_, file, to, json) -> show(file, all, to, json));
    }

    private static ExitCode show(Path file, boolean all, Console console, @Nullable Json json)
            throws IOException {
        Image image = Image.load(file);
        Path name = file.getFileName();
        Contents contents =
                FirmwareReader.read(image, name == null ? file.toString() : name.toString());
        List<VideoBiosTable> vbts = contents.vbts();
        if (json != null) {
            json.number("size", image.size()).text("sha256", image.sha256());
            json.text("kind", contents.kind().id()).array("vbt");
        } else if (vbts.isEmpty()) {
            console.complain(file + ": no VBT in it");
        }
        boolean first = true;
        for (VideoBiosTable found : vbts) {
            Diagnostics diagnostics = new Diagnostics();
            VbtContent content =
                    VbtContent.read(found.vbt(), found.origin().location(), diagnostics);
            if (json != null) {
                VbtJson.write(json, found, content, diagnostics, all);
            } else {
                if (!first) {
                    console.out().newline();
                }
                VbtText.print(console.out(), found, content, diagnostics, all);
            }
            first = false;
        }
        if (json != null) {
            json.endArray();
        }
        return vbts.isEmpty() ? ExitCode.NO : ExitCode.OK;
    }
}

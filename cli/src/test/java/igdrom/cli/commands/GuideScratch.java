package igdrom.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Image;
import igdrom.cli.Session;
import igdrom.cli.failure.ExitCode;
import igdrom.driver.DriverReport;
import igdrom.driver.DriverReport.Entry;
import igdrom.samples.SampleFlash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Where the commands of one page run: a directory with the files that they read, and a copy of the
/// system files of a host.
final class GuideScratch {
    private static final Pattern FILE =
            Pattern.compile(
                    "[\\w./-]+\\.(rom|bin|efi|json|png|html|zip|vbt|conf|xml|sh)|pasted/?|parts/?|report|"
                        + "files/?|fixture/?|demo/?|downloads/?");

    /// Those that read the machine they run on, unless they are told otherwise.
    private static final Set<String> OF_THIS_HOST =
            Set.of("doctor", "snapshot", "bundle", "config", "e820");

    private static final Set<String> OTHER_FACTS = Set.of("--snapshot", "--from", "--root");
    private static final Set<String> OUTPUTS =
            Set.of("-o", "--output", "--screenshot", "--html", "--keep", "--tree");

    private final Path directory;
    private final Path host;

    GuideScratch(Path directory, String host) throws IOException {
        this.directory = Files.createDirectories(directory.resolve("work"));
        this.host = Files.createDirectories(directory.resolve("host"));
        MadeTree.make(this.host, "made-cfl", host);
        located("/etc/pve/qemu-server/100.conf", true);
        located("/var/lib/libvirt/qemu/igd.rom", true);
    }

    /// Runs a command of igdrom.
    Session run(List<String> words) throws IOException {
        List<String> arguments = new ArrayList<>();
        // The name of the command may be like that of a file.
        arguments.add(words.getFirst());
        String before = "";
        for (String word : words.subList(1, words.size())) {
            boolean output = OUTPUTS.contains(before);
            arguments.add(isFile(word) ? located(word, !output) : word);
            if (output && Files.isRegularFile(Path.of(arguments.getLast()))) {
                // A page says again how to make a file, and does not mean that of before.
                Files.delete(Path.of(arguments.getLast()));
            }
            before = word;
        }
        if (words.getFirst().equals("demo") && !Boolean.getBoolean("igdrom.all")) {
            arguments.add("--no-test");
        }
        boolean here = OTHER_FACTS.stream().noneMatch(words::contains);
        if (OF_THIS_HOST.contains(words.getFirst())
                && here
                && !words.contains("--freebsd-script")) {
            arguments.addAll(List.of("--root", host.toString()));
        }
        Session session = Session.of(arguments.toArray(new String[0]));
        return new Session(session.code(), shown(session.out()), shown(session.err()));
    }

    /// Where a file of the page is.
    Path file(String name) {
        return directory.resolve(name);
    }

    /// Copies a file, as `cp` does.
    void copy(String from, String to) throws IOException {
        Files.copy(
                Path.of(located(from, true)),
                Path.of(located(to, false)),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// Writes to a file of the host, which exists.
    void set(String file, String value) throws IOException {
        Path path = host.resolve(file.substring(1));
        assertThat(path).exists();
        Files.writeString(path, value + "\n");
    }

    private String shown(String text) {
        return text.replace(directory + "/", "").replace(host.toString(), "");
    }

    private static boolean isFile(String word) {
        return FILE.matcher(word).matches() || word.startsWith("/sys/") || word.startsWith("/etc/");
    }

    private String located(String word, boolean input) throws IOException {
        Path file =
                word.startsWith("/") ? host.resolve(word.substring(1)) : directory.resolve(word);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        if (input && !Files.exists(file)) {
            make(file, word);
        }
        return file + (word.endsWith("/") ? "/" : "");
    }

    /// Makes a file that the page expects its reader to have.
    private void make(Path file, String name) throws IOException {
        String last = String.valueOf(file.getFileName());
        if (last.endsWith(".rom")) {
            done(
                    "build",
                    "-d",
                    "8086:46d1",
                    "--firmware",
                    located("bios.bin", true),
                    "-o",
                    file + "");
        } else if (last.equals("bios.bin")) {
            Files.write(file, SampleFlash.make().toByteArray());
        } else if (last.equals("host.json")) {
            done("snapshot", "--root", host.toString(), "-o", file.toString());
        } else if (last.endsWith(".efi") || last.endsWith(".vbt") || last.equals("vbt.bin")) {
            Path parts = directory.resolve("." + last);
            done("extract", located("bios.bin", true), "-o", parts.toString());
            String start = last.endsWith(".efi") ? "gop-" : "vbt-";
            try (var all = Files.list(parts)) {
                Path part =
                        all.filter(each -> String.valueOf(each.getFileName()).startsWith(start))
                                .findFirst()
                                .orElseThrow();
                Files.copy(part, file);
            }
        } else if (last.equals("report") || last.startsWith("IgdromReport-")) {
            Files.write(file, report().toByteArray());
        } else if (last.equals("pasted")) {
            Path machine = MadeTree.MACHINES.resolve("azw-mini-s-adln");
            Files.createDirectories(file);
            for (String text : List.of("lspci.txt", "acpi-tables.txt")) {
                Files.copy(machine.resolve(text), file.resolve(text));
            }
        } else if (last.equals("downloads")) {
            Files.createDirectories(file);
            Files.copy(Path.of(located("bios.bin", true)), file.resolve("bios.bin"));
        } else if (last.endsWith(".zip")) {
            done("bundle", "--root", host.toString(), "-o", file.toString());
        } else if (last.endsWith(".sh")) {
            Files.writeString(
                    file,
                    """
                    #!/bin/sh
                    qemu-system-x86_64 -machine pc -accel kvm -m 8192 -vga none \\
                      -cpu host,host-phys-bits-limit=39 -nodefaults \\
                      -drive if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd \\
                      -device vfio-pci,host=0000:00:02.0,bus=pci.0,addr=02.0,x-igd-legacy-mode=off,\
                    x-igd-opregion=on,x-igd-lpc=on,romfile=igd.rom
                    """);
        } else if (last.endsWith(".conf")) {
            Files.writeString(
                    file,
                    """
                    bios: ovmf
                    cores: 4
                    machine: pc-i440fx-10.1
                    memory: 8192
                    ostype: win11
                    vga: std
                    """);
        } else if (last.endsWith(".xml")) {
            Files.writeString(
                    file,
                    """
                    <domain type='kvm'>
                      <name>guest</name>
                      <memory unit='GiB'>8</memory>
                      <os firmware='efi'><type arch='x86_64' machine='pc-q35-10.0'>hvm</type></os>
                      <devices>
                        <video><model type='virtio'/></video>
                      </devices>
                    </domain>
                    """);
        } else {
            throw new IllegalArgumentException("nothing makes the input " + name);
        }
    }

    /// What the driver says where everything went as it should.
    private static Image report() {
        return new DriverReport(
                        List.of(
                                Entry.of("DRIVER", "FOUND", 1, 1),
                                Entry.of("DEVICE", "FOUND", 0x0300_000c_46d1_8086L, 0x10),
                                Entry.of("STOLEN", "ALLOCATED_THERE", 0x7c80_0000L, 0x400_0000),
                                Entry.of("OPREGION", "FROM_FW_CFG", 0x1e7f_0000L, 0x2000),
                                Entry.of("VBT", "FOUND", 0x400, 1624),
                                Entry.of("GOP_POLICY", "DONE", 0, 1624),
                                Entry.of("POLICY_ASKED", "DONE", 0x1d00_a2c4L, 2)),
                        0)
                .image();
    }

    private static void done(String... arguments) {
        Session session = Session.of(arguments);
        assertThat(session.code())
                .as(String.join(" ", arguments) + session.err())
                .isEqualTo(ExitCode.OK);
    }
}

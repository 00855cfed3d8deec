package igdrom.cli.definition;

import igdrom.cli.files.NewFiles;
import java.nio.file.Path;
import java.util.Optional;

/// A domain that libvirt keeps.
///
/// @param virsh with which libvirt is asked
/// @param domain its name
public record LibvirtDomain(Virsh virsh, String domain) implements Definition {
    @Override
    public String name() {
        return "domain " + domain;
    }

    @Override
    public String backupName() {
        return Backup.unique(domain, virsh.uri() + " " + domain);
    }

    @Override
    public String text() {
        // Without the secrets, such as a password for VNC, they would be lost when it is defined.
        return virsh.ask("dumpxml", "--inactive", "--security-info", domain);
    }

    @Override
    public Optional<String> busy() {
        String information = virsh.ask("dominfo", domain);
        String state = value(information, "State");
        if (!state.equals("shut off")) {
            return Optional.of("the guest is " + state + ": shut it down first");
        }
        // A saved guest goes on with the definition that it was saved with.
        return value(information, "Managed save").equals("yes")
                ? Optional.of(
                        "the guest is saved (virsh managedsave): start it and shut it down first")
                : Optional.empty();
    }

    private static String value(String information, String key) {
        return information
                .lines()
                .filter(line -> line.startsWith(key + ":"))
                .findFirst()
                .map(line -> line.substring(key.length() + 1).strip())
                .orElse("in an unknown state");
    }

    @Override
    public Optional<Path> directory() {
        return Optional.empty();
    }

    @Override
    public void add(NewFiles files, String changed) {
        // libvirt writes its files itself.
    }

    @Override
    public void define(String changed) {
        virsh.define(changed);
    }

    @Override
    public void restore(String old) {
        virsh.restore(old);
    }
}

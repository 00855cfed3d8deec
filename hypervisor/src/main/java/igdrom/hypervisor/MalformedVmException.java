package igdrom.hypervisor;

/// A definition of a virtual machine cannot be read.
public final class MalformedVmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedVmException(String name, int line, String problem) {
        super(name + (line > 0 ? " line " + line : "") + ": " + problem);
    }
}

package igdrom.hypervisor;

/// Text line by line.
final class Lines {
    private final StringBuilder text = new StringBuilder();

    Lines add(String line) {
        text.append(line).append('\n');
        return this;
    }

    Lines add(String format, Object... arguments) {
        return add(format.formatted(arguments));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

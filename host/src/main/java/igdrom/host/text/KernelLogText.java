package igdrom.host.text;

import igdrom.host.LogMessage;

/// The log of a Linux kernel: dmesg, or `journalctl -k`. Of several boots the last one counts.
final class KernelLogText implements TextReader {
    @Override
    public String name() {
        return "kernel log";
    }

    @Override
    public boolean read(TextFile file, FactSheet sheet) {
        boolean isLog = false;
        int start = 0;
        for (TextFile.Line line : file.lines()) {
            isLog = isLog || LogMessage.isLog(line.text());
            if (isLog && isStart(line)) {
                start = line.number();
            }
        }
        if (!isLog) {
            return false;
        }
        LogFacts facts = new LogFacts(file.name(), start > 0, sheet);
        for (TextFile.Line line : file.lines()) {
            if (line.number() >= start) {
                facts.line(LogMessage.withoutTimeStamp(line.text()), line.source());
            }
        }
        facts.finish();
        return true;
    }

    private static boolean isStart(TextFile.Line line) {
        return line.text().contains("Linux version ")
                && LogMessage.KERNEL.is(LogMessage.withoutTimeStamp(line.text()));
    }
}

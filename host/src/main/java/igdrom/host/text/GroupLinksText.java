package igdrom.host.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A list of the links in `/sys/kernel/iommu_groups`, as `find` prints it.
final class GroupLinksText implements TextReader {
    private static final Pattern LINK =
            Pattern.compile(
                    "/sys/kernel/iommu_groups/([0-9]{1,5})/devices/"
                            + "([0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7])(?:\\s|$)");
    private static final String START = "/sys/kernel/iommu_groups/";

    @Override
    public String name() {
        return "IOMMU groups";
    }

    @Override
    public boolean read(TextFile file, FactSheet sheet) {
        boolean found = false;
        for (TextFile.Line line : file.lines()) {
            Matcher link = LINK.matcher(line.text());
            if (line.text().contains(START) && link.find()) {
                found = true;
                sheet.function(link.group(2))
                        .iommuGroup
                        .known(Optional.of(Integer.parseInt(link.group(1))), line.source());
            }
        }
        return found;
    }
}

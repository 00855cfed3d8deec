/// picocli, compiled from its sources jar for today's Java: see docs/decisions/0001.
module info.picocli {
    exports picocli;
}

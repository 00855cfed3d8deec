# Makes report_table.h for the C driver from report.tsv, which is the one source of truth:
#   awk -f report.awk report.tsv
# Rows without a step are outcomes, rows without an outcome are steps; rows with both are sentences for people, which the
# driver does not need. Columns are found by name; anything unexpected ends with an error.
BEGIN { FS = "\t" }

function broken(why) {
    printf "%s:%d: %s\n", FILENAME, FNR, why >"/dev/stderr"
    failed = 1
    exit 1
}

function cell(name) {
    if (!(name in column)) {
        broken("no column " name)
    }
    return $column[name]
}

# The driver finds names by counting, and prints at most 16 characters of each.
function checked_word(expected) {
    if (cell("number") != expected) {
        broken("number is " cell("number") ", expected " expected)
    }
    if (cell("word") !~ /^[a-z_ ']+$/ || length(cell("word")) > 16) {
        broken("word is not 1 to 16 lower-case letters: " cell("word"))
    }
    return cell("word")
}

FNR == 1 {
    for (i = 1; i <= NF; i++) {
        column[$i] = i
    }
    next
}

cell("step") == "-" {
    outcome_names = outcome_names "\\0" checked_word(++outcomes)
    last_outcome = "OUTCOME_" cell("outcome")
    outcome_enum = outcome_enum sprintf("        %s = %d, /* %s */\n", last_outcome, outcomes, cell("text"))
}

cell("outcome") == "-" {
    step_names = step_names "\\0" checked_word(++steps)
    last_step = "STEP_" cell("step")
    step_enum = step_enum sprintf("        %s = %d, /* value: %s; detail: %s */\n", last_step, steps, cell("value"), cell("detail"))
}

END {
    if (failed) {
        exit 1
    }
    if (steps == 0 || outcomes == 0) {
        print "report.awk: no steps or no outcomes" >"/dev/stderr"
        exit 1
    }
    print "/* Made by report.awk from report.tsv; do not edit. */"
    printf "typedef enum Step {\n%s        STEP_LAST = %s,\n} Step;\n\n", step_enum, last_step
    printf "typedef enum Outcome {\n%s        OUTCOME_LAST = %s,\n} Outcome;\n\n", outcome_enum, last_outcome
    print "/* All names, each ended by NUL; at 0 the one for unknown numbers. */"
    printf "#define STEP_NAMES \"?%s\"\n#define OUTCOME_NAMES \"?%s\"\n", step_names, outcome_names
}

# Makes generations_table.h for the C driver from the tables of module knowledge, the one source of truth:
#   awk -f generations.awk generations.tsv devices.tsv display-buffers.tsv
# Columns are found by name; anything unexpected ends with an error.
BEGIN { FS = "\t"; gms["snb"]; gms["chv"]; gms["gen8"]; gms["gen9"] }

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

# A number; 0 when the cell is "-".
function number(name) {
    if (cell(name) !~ /^(-|[0-9]+|0x[0-9a-f]+)$/) {
        broken(name " is not a number: " cell(name))
    }
    return cell(name) == "-" ? "0" : cell(name)
}

FNR == 1 {
    split("", column)
    for (i = 1; i <= NF; i++) {
        column[$i] = i
    }
    table++
    next
}

table == 1 {
    name = cell("platform")
    if (length(name) > 7 || !(cell("gms_encoding") in gms)) {
        broken("the name has more than seven letters, or gms_encoding is unknown")
    }
    index_of[name] = platforms++
    generations = generations sprintf("        { \"%s\", %s, %s, %s, %s, GMS_%s, %s, %s, %s, %s, %s, %s },\n", name,
        number("graphics100"), number("ggc_offset"), number("gms_shift"), number("gms_bits"),
        toupper(cell("gms_encoding")), number("bdsm_offset"), number("bdsm_bits"), number("bdsm_mirror"),
        cell("stolen_in_guest") == "yes" ? "true" : "false", number("bar0_mib"), number("pte_bits"))
}

table == 2 {
    if (cell("id") !~ /^[0-9a-f][0-9a-f][0-9a-f][0-9a-f]$/ || (cell("id") "") <= (previous "")) {
        broken("ids are not in ascending order: " cell("id"))
    }
    if (!(cell("platform") in index_of)) {
        broken("unknown platform " cell("platform"))
    }
    previous = cell("id")
    ids = ids sprintf("        0x%s,\n", previous)
    owners = owners sprintf("        %d,\n", index_of[cell("platform")])
}

table == 3 {
    buffers = buffers sprintf("        { %s, %s, %s },\n", number("offset"), number("first"), number("last"))
}

END {
    if (failed) {
        exit 1
    }
    if (platforms == 0 || ids == "" || buffers == "" || platforms > 255) {
        print "generations.awk: a table is empty or too long" >"/dev/stderr"
        exit 1
    }
    print "/* Made by generations.awk from the tables of module knowledge; do not edit. */"
    printf "static const Generation generations[] = {\n%s};\n\n", generations
    printf "static const uint16_t device_ids[] = {\n%s};\n\n", ids
    printf "static const uint8_t device_generations[] = {\n%s};\n\n", owners
    printf "static const DisplayBuffer display_buffers[] = {\n%s};\n", buffers
}

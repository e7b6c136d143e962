package nad.data;

import java.util.regex.Pattern;

/// What a file is that is none of the formats read here, told by how it begins: so that a message can name it.
enum Signature {
    HDF5("an HDF5 file", "\\x89HDF\\r\\n\\x1a\\n"),
    NPY("a .npy file", "\\x93NUMPY"),
    GZIP("packed with gzip (a name that ends in .gz says so)", "\\x1f\\x8b"),
    BZIP2("packed with bzip2", "BZh[1-9]1AY&SY"),
    XZ("packed with xz", "\\xfd7zXZ\\x00"),
    ZSTD("packed with Zstandard", "\\x28\\xb5\\x2f\\xfd"),
    SEVEN_ZIP("a 7z archive", "7z\\xbc\\xaf\\x27\\x1c"),
    ZIP("a zip archive (as .npz and .xlsx are)", "PK[\\x03\\x05\\x07][\\x04\\x06\\x08]"),
    PARQUET("a Parquet file", "PAR1[^\\t\\n\\r -~]"),
    ARROW("an Arrow (Feather) file", "ARROW1\\x00|FEA1\\x00"),
    AVRO("an Avro file", "Obj\\x01"),
    NETCDF("a NetCDF file", "CDF[\\x01\\x02\\x05]"),
    MAT("a MAT file (MATLAB)", "MATLAB 5\\.0 MAT-file"),
    FITS("a FITS file", "SIMPLE  ="),
    PICKLE("a pickle (Python)", "\\x80[\\x02-\\x05]"),
    EXCEL("an old Excel file", "\\xd0\\xcf\\x11\\xe0\\xa1\\xb1\\x1a\\xe1"),
    SQLITE("an SQLite database", "SQLite format 3\\x00"),
    R_DATA("an R data file", "RD[AX][23]\\n[ABX]\\n"),
    PNG("a PNG picture", "\\x89PNG\\r\\n"),
    JPEG("a JPEG picture", "\\xff\\xd8\\xff"),
    PDF("a PDF file", "%PDF-"),
    UTF_16("text in UTF-16 (UTF-8 is read)", "\\xff\\xfe|\\xfe\\xff");

    /// As in “it is …”.
    final String text;
    private final Pattern begins;

    Signature(String text, String begins) {
        this.text = text;
        this.begins = Pattern.compile(begins);
    }

    /// @param beginning the first bytes of a file, a character each
    /// @return null for what is none of these
    static Signature of(String beginning) {
        for (Signature s : values()) if (s.begins.matcher(beginning).lookingAt()) return s;
        return null;
    }
}

using System.Globalization;

namespace ImaNanoBanana.Schema;

/// <summary>The scripts that bring the tables from one version to the next. A script never changes after its release.</summary>
internal static class Migrations
{
    private const string SchemaPlaceholder = "{schema}";

    /// <summary>Version 1 is the first script, and so on.</summary>
    public static IReadOnlyList<string> All { get; } = [Version1.Script];

    /// <summary>The comment on the table of submissions contains the version after this text.</summary>
    public const string CommentPrefix = "ImaNanoBanana tables, version ";

    /// <returns>The script of one version, which also writes the version.</returns>
    public static string Script(int version, string schema)
    {
        var comment = string.Create(
            CultureInfo.InvariantCulture, $"comment on table {SchemaPlaceholder}.submissions is '{CommentPrefix}{version}';\n");
        return (All[version - 1] + comment).Replace(SchemaPlaceholder, Quoted(schema), StringComparison.Ordinal);
    }

    /// <returns>The schema as an identifier in SQL.</returns>
    public static string Quoted(string schema) => $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

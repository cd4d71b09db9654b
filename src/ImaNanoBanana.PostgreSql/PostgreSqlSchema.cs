using ImaNanoBanana.Schema;

namespace ImaNanoBanana;

/// <summary>Provides the script of the tables, for databases in which an app may not create tables itself.</summary>
public static class PostgreSqlSchema
{
    /// <summary>Gets the version of the tables that this package needs.</summary>
    public static int Version => Migrations.All.Count;

    /// <summary>Creates the script of all tables.</summary>
    /// <param name="schema">The name of the schema; <see cref="PostgreSqlOptions.Schema"/> of the apps.</param>
    /// <returns>SQL that creates the schema and its tables. Run it once, in one transaction.</returns>
    /// <exception cref="ArgumentException"><paramref name="schema"/> is empty.</exception>
    public static string CreateScript(string schema)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(schema);
        return string.Join('\n', Enumerable.Range(1, Version).Select(version => Migrations.Script(version, schema)));
    }
}

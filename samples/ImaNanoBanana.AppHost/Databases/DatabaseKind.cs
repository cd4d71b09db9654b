namespace ImaNanoBanana.AppHost.Databases;

/// <summary>What runs the database.</summary>
internal enum DatabaseKind
{
    /// <summary>Nothing can run it.</summary>
    None,

    /// <summary>A container, with a volume.</summary>
    Container,

    /// <summary>The programs of an installed PostgreSQL, with a data folder.</summary>
    Programs,
}

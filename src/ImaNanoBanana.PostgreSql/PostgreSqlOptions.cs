namespace ImaNanoBanana;

/// <summary>Specifies where in the database the shared state is kept.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>The schema of the tables. It is used by these tables only.</summary>
    /// <value><c>ima_nano_banana</c> by default.</value>
    public string Schema { get; set; } = "ima_nano_banana";

    /// <summary>
    /// Whether the schema and the tables are created and updated on first use. Otherwise, run
    /// <see cref="PostgreSqlSchema.CreateScript"/> before; the first use then fails if the version of the tables is not the one that
    /// the package needs.
    /// </summary>
    /// <value>True by default.</value>
    public bool CreatesTables { get; set; } = true;

    /// <summary>How long finished submissions are kept after their end. Other submissions are kept until they are finished or
    /// removed.</summary>
    /// <value>30 days by default.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// For how long a call is repeated while the database cannot be reached, for example during a restart. A call before a create
    /// request gives up after 15 s and sends nothing.
    /// </summary>
    /// <value>2 minutes by default.</value>
    public TimeSpan LongestOutage { get; set; } = TimeSpan.FromMinutes(2);

    internal PostgreSqlOptions Checked()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Schema);
        ArgumentOutOfRangeException.ThrowIfLessThan(Retention, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestOutage, TimeSpan.Zero);
        return (PostgreSqlOptions)MemberwiseClone();
    }
}

namespace ImaNanoBanana.Mcp;

/// <summary>The settings that the person who starts the server makes, from the command line and the environment.</summary>
internal sealed record ServerSettings
{
    /// <value>20 credits: one 4K image of the most expensive model costs 18.</value>
    public const decimal DefaultMaxCredits = 20;

    /// <value>100 credits in 24 hours.</value>
    public const decimal DefaultBudget = 100;

    /// <value>24 hours: the limit applies to any period of this length.</value>
    public static readonly TimeSpan BudgetPeriod = TimeSpan.FromHours(24);

    /// <value>45 s: many clients end a call after 60 s.</value>
    public const double DefaultWaitSeconds = 45;

    /// <value>60 minutes.</value>
    public const double DefaultRepeatMinutes = 60;

    /// <value>1 MB of images in one answer.</value>
    public const long DefaultInlineBytes = 1024 * 1024;

    /// <value>900,000 characters: many desktop clients drop an answer of more than 1,048,576 characters.</value>
    public const int DefaultAnswerCharacters = 900_000;

    /// <summary>The API key from the environment; null if there is none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The models that are allowed besides those that the SDK knows.</summary>
    public IReadOnlyList<string> AdditionalModels { get; init; } = [];

    /// <summary>Whether a simulator in this process replaces the service.</summary>
    public bool Simulate { get; init; }

    /// <summary>The address of a simulator in another process on this machine, or null.</summary>
    public Uri? SimulatorAddress { get; init; }

    /// <summary>Whether a simulator replaces the service, so that nothing is charged.</summary>
    public bool IsSimulated => Simulate || SimulatorAddress is not null;

    /// <summary>
    /// Whether the user is on another machine: the server then reads and writes no files for the user, and its answers name none.
    /// </summary>
    public bool IsRemote { get; init; }

    /// <summary>The journal folder; null for the user's own.</summary>
    public string? Journal { get; init; }

    public Wording Say { get; init; } = new(ImaLanguage.English);

    /// <summary>How long a call waits for an image before it answers <c>running</c>.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(DefaultWaitSeconds);

    /// <summary>How long an identical call returns the same task.</summary>
    public TimeSpan RepeatWindow { get; init; } = TimeSpan.FromMinutes(DefaultRepeatMinutes);

    /// <summary>The most credits that one call may cost.</summary>
    public decimal MaxCredits { get; init; } = DefaultMaxCredits;

    /// <summary>The most credits in any 24 hours.</summary>
    public decimal Budget { get; init; } = DefaultBudget;

    /// <summary>Whether the person is asked before credits are spent, if the client can ask.</summary>
    public bool Confirm { get; init; } = true;

    /// <summary>The most image bytes in one answer; 0 for links only.</summary>
    public long InlineBytes { get; init; } = DefaultInlineBytes;

    /// <summary>The most characters of one encoded answer. Images that do not fit are answered as links.</summary>
    public int AnswerCharacters { get; init; } = DefaultAnswerCharacters;

    /// <summary>Whether an answer also has its structured form, for programs that read its fields.</summary>
    public bool IsStructured { get; init; }

    /// <summary>The folder in which images are saved, or null.</summary>
    public string? SaveFolder { get; init; }

    /// <summary>The folders whose images may be uploaded, in addition to the client's roots.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The account of a user in a ledger.</summary>
    /// <param name="user">The name of a remote user; empty for the person who started the server.</param>
    public CreditAccount Account(string user) => new($"mcp:{user}", Budget, BudgetPeriod);
}

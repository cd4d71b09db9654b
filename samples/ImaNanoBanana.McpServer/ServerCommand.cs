using System.CommandLine;
using System.Numerics;
using ImaNanoBanana.Mcp.Http;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Mcp;

/// <summary>Defines the command line of the server.</summary>
internal sealed class ServerCommand
{
    /// <value>20,000 characters: room for every text and the links of several images.</value>
    private const int LeastAnswerCharacters = 20_000;

    private readonly Option<bool> _simulate =
        new("--simulate") { Description = "use the built-in simulator: placeholder images, no credits" };

    private readonly Option<string> _simulatorAddress =
        new("--simulator-at")
        {
            HelpName = "URL",
            Description = "use a simulator started by `ima simulator` on this machine; also "
            + "IMA_SIMULATOR"
        };

    private readonly Option<string> _journal =
        new("--journal")
        {
            HelpName = "FOLDER",
            Description = "where submissions are recorded; default: the journal of `ima`, "
            + "ima-nano-banana/journal in the folder for program data"
        };

    private readonly Option<string> _language =
        new("--language") { HelpName = "en|zh", Description = "the language of answers; also IMA_LANGUAGE" };

    private readonly Option<double> _wait = Number(
        "--wait",
        "SECONDS",
        "how long a call waits for an image before it answers `running`",
        ServerSettings.DefaultWaitSeconds,
        600);

    private readonly Option<double> _repeatWindow = Number(
        "--repeat-window",
        "MINUTES",
        "how long an identical call returns the same task",
        ServerSettings.DefaultRepeatMinutes,
        60 * 24 * 29);

    private readonly Option<decimal> _maxCredits = Number(
        "--max-credits", "N", "the most credits that one call may cost", ServerSettings.DefaultMaxCredits, 1_000_000_000m);

    private readonly Option<decimal> _budget = Number(
        "--budget",
        "N",
        "the most credits in any 24 hours, for all servers that share the journal",
        ServerSettings.DefaultBudget,
        1_000_000_000m);

    private readonly Option<bool> _noConfirm =
        new("--no-confirm") { Description = "spend credits without asking the person, even if the client can ask" };

    private readonly Option<long> _inlineBytes = Number(
        "--inline-bytes",
        "N",
        "the most image bytes in one answer; 0 for links only",
        ServerSettings.DefaultInlineBytes,
        64L * 1024 * 1024);

    private readonly Option<int> _answerCharacters = Number(
        "--answer-chars",
        "N",
        "the most characters of one encoded answer; images that do not fit are links",
        ServerSettings.DefaultAnswerCharacters,
        64 * 1024 * 1024,
        LeastAnswerCharacters);

    private readonly Option<bool> _structured = new("--structured")
    {
        Description = "add the structured form of each answer, for programs; also IMA_STRUCTURED=1. Many agents then see neither the "
            + "text nor the images",
    };

    private readonly Option<string> _save = new("--save") { HelpName = "FOLDER", Description = "save the images in this folder" };

    private readonly Option<string[]> _files =
        new("--files")
        {
            HelpName = "FOLDER",
            Description = "edit_image may upload images below this folder; may be repeated. The client's "
            + "roots are allowed too"
        };

    private readonly Option<string> _http =
        new("--http")
        {
            HelpName = "URL",
            Description = "serve remote users over Streamable HTTP at this address, for example http://127.0.0.1:8080; needs --users. "
            + "IMA_MCP_DATABASE is the connection string of PostgreSQL, for several instances"
        };

    private readonly Option<string> _users =
        new("--users") { HelpName = "FILE", Description = "the users of --http, their limits and the hashes of their tokens" };

    private readonly Option<string[]> _origins =
        new("--origin")
        {
            HelpName = "ORIGIN",
            Description = "web pages of this origin may call the server; may be repeated. Programs need none"
        };

    private readonly Argument<string> _name = new("NAME") { Description = "the name of the user" };

    public ServerCommand()
    {
        NewToken = new Command("new-token", "Makes a token for a user of --http, and the entry for the file of users.") { _name };
        _language.AcceptOnlyFromAmong("en", "zh");
        Root = new RootCommand(
            "Lets agents generate and edit images with the Nano Banana models of IMA Studio. Uses MCP over standard input and output. "
                + "Reads the API key from IMA_API_KEY.")
        {
            _simulate,
            _simulatorAddress,
            _journal,
            _language,
            _wait,
            _repeatWindow,
            _maxCredits,
            _budget,
            _noConfirm,
            _inlineBytes,
            _answerCharacters,
            _structured,
            _save,
            _files,
            _http,
            _users,
            _origins,
            NewToken,
        };
    }

    public RootCommand Root { get; }

    public Command NewToken { get; }

    public string NameOf(ParseResult parsed) => parsed.GetValue(_name)!;

    /// <returns>The settings of <c>--http</c>; null for standard input and output.</returns>
    /// <exception cref="ArgumentException">A value is not valid. The message is meant for the person who started the server.</exception>
    public HttpSettings? ReadHttp(ParseResult parsed, Func<string, string?> variable)
    {
        if (parsed.GetValue(_http) is not { } address)
        {
            return parsed.GetResult(_users) is null && parsed.GetResult(_origins) is null
                ? null
                : throw new ArgumentException("--users and --origin need --http.");
        }

        // A server that reads or writes files for users of other machines would show them its own.
        if (parsed.GetResult(_save) is not null || parsed.GetResult(_files) is not null)
        {
            throw new ArgumentException("--save and --files cannot be used with --http: remote users get links and send https URLs.");
        }

        return new HttpSettings(
            ListeningAddress(address),
            UserFile.Read(parsed.GetValue(_users) ?? throw new ArgumentException("--http needs --users FILE.")),
            variable("IMA_MCP_DATABASE") is { Length: > 0 } database ? database : null,
            parsed.GetValue(_origins) ?? []);
    }

    /// <exception cref="ArgumentException">A value is not valid. The message is meant for the person who started the server.</exception>
    public ServerSettings Read(ParseResult parsed, Func<string, string?> variable) => new()
    {
        ApiKey = variable("IMA_API_KEY") is { } key && !string.IsNullOrWhiteSpace(key) ? key : null,
        AdditionalModels = Samples.AdditionalModels.Read(variable(Samples.AdditionalModels.Variable)),
        Simulate = parsed.GetValue(_simulate),
        SimulatorAddress = (parsed.GetValue(_simulatorAddress) ?? variable("IMA_SIMULATOR")) is { Length: > 0 } address
            ? Loopback(address)
            : null,
        Journal = Full(parsed.GetValue(_journal)),
        Say = Wording.FromLanguage(parsed.GetValue(_language) ?? variable("IMA_LANGUAGE")),
        Wait = TimeSpan.FromSeconds(parsed.GetValue(_wait)),
        RepeatWindow = TimeSpan.FromMinutes(parsed.GetValue(_repeatWindow)),
        MaxCredits = parsed.GetValue(_maxCredits),
        Budget = parsed.GetValue(_budget),
        Confirm = !parsed.GetValue(_noConfirm),
        InlineBytes = parsed.GetValue(_inlineBytes),
        AnswerCharacters = parsed.GetValue(_answerCharacters),
        IsStructured = parsed.GetValue(_structured) || variable("IMA_STRUCTURED") == "1",
        SaveFolder = Full(parsed.GetValue(_save)),
        Files = [.. (parsed.GetValue(_files) ?? []).Select(folder => Full(folder)!)],
    };

    private static string? Full(string? folder) => string.IsNullOrWhiteSpace(folder) ? null : Path.GetFullPath(folder);

    private static Uri ListeningAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/"
            ? uri
            : throw new ArgumentException($"'{address}' is not an address to listen at. Example: http://127.0.0.1:8080.");

    private static Uri Loopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Scheme == Uri.UriSchemeHttp
            ? uri
            : throw new ArgumentException($"'{address}' is not an http address on this machine. Example: http://127.0.0.1:5080/.");

    private static Option<T> Number<T>(string name, string unit, string description, T standard, T most, T least = default)
        where T : struct, INumber<T> => new(name)
        {
            HelpName = unit,
            Description = description,
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
                NumberOption.Read(result, least, most, FormattableString.Invariant($"{name} takes {least} to {most}.")) ?? standard,
        };
}

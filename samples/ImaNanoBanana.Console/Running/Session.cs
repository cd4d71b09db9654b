using System.CommandLine;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Keys;
using ImaNanoBanana.Cli.Logging;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Cli.Running;

/// <summary>Represents one run of one command, with its arguments and the client, which is created when it is first needed.</summary>
internal sealed class Session(CliHost host, CliOptions options, ParseResult parsed, Wording say) : IDisposable
{
    /// <summary>A text that no response contains, because the client masks its key in responses.</summary>
    private const string SimulatedKey = "key-of-the-console-for-simulators";
    public const string ApiKeyOption = "--api-key";
    public const string KeyVariable = "IMA_API_KEY";

    private ImaImageClient? _client;
    private HttpMessageHandler? _handler;
    private RollingLog? _log;

    public CliHost Host => host;

    public ParseResult Parsed => parsed;

    public Wording Say => say;

    public Screen Screen { get; } = new(host);

    public CliPaths Paths { get; } = new(host);

    /// <summary>The models that the user allows besides those that the SDK knows.</summary>
    public IReadOnlyList<string> AdditionalModels => Samples.AdditionalModels.Read(host.Variable(Samples.AdditionalModels.Variable));

    public bool IsJson => parsed.GetValue(options.Json);

    /// <summary>Whether the program runs without a command, with the options of the original command-line program.</summary>
    public bool IsOriginal => parsed.CommandResult.Command is RootCommand;

    /// <summary>Whether the JSON of the original command-line program is requested, by its own name for it.</summary>
    public bool IsOriginalJson =>
        IsOriginal && IsJson && parsed.GetResult(options.Json)?.IdentifierToken?.Value == CliOptions.OriginalJson;

    public RollingLog Log => _log ??= new RollingLog(Paths.Logs, Key?.Trim(), host.Time);

    /// <summary>Whether a simulator replaces the service. Known as soon as the client is created.</summary>
    public bool IsSimulated { get; private set; }

    /// <summary>Whether the simulator is in this process, so that its tasks end with it.</summary>
    public bool EndsWithProcess => IsSimulated && _handler is ImaSimulator;

    /// <summary>The API key; null if there is none. Known after <see cref="FindKeyAsync"/>.</summary>
    public string? Key => KeySource?.Key;

    /// <summary>The API key and where it comes from: the command line, the environment, or what <c>ima init</c> stored.</summary>
    public KeySource? KeySource { get; private set; }

    /// <summary>The journal of the client; null without one. Known as soon as the client is created.</summary>
    public KeptEntries? Entries { get; private set; }

    /// <summary>The file of the preferences. Known as soon as the client is created.</summary>
    public string PreferencesPath => IsSimulated ? Paths.SimulatorPreferences : Paths.Preferences;

    private string? SimulatorAddress =>
        (parsed.GetValue(options.SimulatorAddress) ?? host.Variable("IMA_SIMULATOR")) is { Length: > 0 } address ? address : null;

    /// <summary>The address of the simulator in another process; null without one.</summary>
    public Uri? SimulatorUri => SimulatorAddress is { } address ? Loopback(address) : null;

    /// <summary>Whether the command line or the environment requests a simulator.</summary>
    public bool IsSimulatorRequested => SimulatorAddress is not null || parsed.GetValue(options.Simulate);

    /// <summary>Finds the key. A simulator needs none, so the stored one is not read then.</summary>
    public async Task FindKeyAsync(CancellationToken cancellationToken) =>
        KeySource = KeySource.FromText(parsed.GetValue(options.ApiKey), ApiKeyOption)
            ?? KeySource.FromText(host.Variable(KeyVariable), KeyVariable)
            ?? (IsSimulatorRequested ? null : await new KeyStore(host).FindAsync(say, cancellationToken));

    /// <summary>Uses a key that is not configured yet.</summary>
    public void UseKey(KeySource source) => KeySource = source;

    /// <summary>Gets the journal without an API key and without a client.</summary>
    /// <returns>Null if this run has no journal.</returns>
    public ITaskJournal? OpenJournal() =>
        JournalFolder is { } folder ? new FileTaskJournal(folder, timeProvider: host.Time) : null;

    /// <summary>Checks the journal before a request. Without its journal, no request is sent.</summary>
    /// <exception cref="StopException">The journal cannot be written.</exception>
    public void RequireJournal()
    {
        _ = Client;
        if (JournalFolder is { } folder && !WritableFolder.Takes(folder))
        {
            var shown = parsed.GetValue(options.Journal) ?? folder;
            throw new StopException(ExitCode.Usage, say[
                $"The journal cannot be written in '{shown}'. Use another --journal FOLDER, or --no-journal. Nothing was sent.",
                $"无法写入任务日志“{shown}”。请使用 --journal FOLDER 指定其他文件夹，或使用 --no-journal。未发送任何请求。"]);
        }
    }

    /// <summary>The folder of the journal; null if this run has none.</summary>
    public string? JournalFolder => (parsed.GetValue(options.NoJournal), parsed.GetValue(options.Journal), SimulatorAddress) switch
    {
        (true, _, _) => null,
        (_, _, null) when parsed.GetValue(options.Simulate) || EndsWithProcess => null,
        (_, { } folder, _) => host.FullPath(folder),
        (_, _, null) => Paths.Journal,
        _ => Paths.SimulatorJournal,
    };

    /// <exception cref="StopException">There is neither an API key nor a simulator, or the one that is given is not valid.</exception>
    public ImaImageClient Client => _client ??= CreateClient();

    /// <summary>Whether the client could be created, so that the key and the options are valid.</summary>
    public bool HasClient => _client is not null;

    /// <summary>Images that the service has not listed may still appear, so <c>ima resume</c> must find their task again.</summary>
    public void KeepIfIncomplete(ImageResult result)
    {
        if (result.MissingCount > 0 && result.Task.IdempotencyKey is { } key)
        {
            Entries?.KeepOpen(key);
        }
    }

    /// <returns>
    /// The command that continues a task. The journal of this run has the details of the task; without a journal, the handle has them.
    /// </returns>
    public string WatchCommand(ImageTask task)
    {
        var words = new List<string> { "ima", "watch" };
        words.Add(parsed.GetValue(options.NoJournal) ? ShellText.Quoted(task.ToHandle()) : ShellText.Word(task.Id));
        foreach (var option in new[] { options.SimulatorAddress, options.Journal })
        {
            if (parsed.GetValue(option) is { } value)
            {
                words.AddRange([option.Name, ShellText.Word(value)]);
            }
        }

        return string.Join(' ', words);
    }

    public void Dispose()
    {
        _client?.Dispose();
        _handler?.Dispose();
    }

    private ImaImageClient CreateClient()
    {
        var settings = new ImaNanoBananaOptions { Language = say.Language, ApiKey = Key };
        foreach (var model in AdditionalModels)
        {
            settings.AdditionalModels.Add(model);
        }

        if (parsed.GetValue(options.Timeout) is { } seconds)
        {
            settings.WatchTimeout = TimeSpan.FromSeconds(seconds);
        }

        if (SimulatorAddress is { } address)
        {
            IsSimulated = true;
            settings.ApiKey = SimulatedKey;
            _handler = new ImaSimulatorProxy(Loopback(address));
        }
        else if (parsed.GetValue(options.Simulate) || (KeySource is null && !host.IsOutputRedirected))
        {
            IsSimulated = true;
            settings.ApiKey = SimulatedKey;
            _handler = host.Simulator();
            Screen.Note(say[
                "This run uses the built-in simulator: placeholder images, no credits. Run `ima init` or set IMA_API_KEY for real images.",
                "本次运行使用内置模拟器：生成占位图片，不消耗积分。要生成真实图片，请运行 `ima init` 或设置 IMA_API_KEY。"]);
        }
        else if (Key is null)
        {
            throw new StopException(ExitCode.Key, KeySource?.Problem ?? say[
                "There is no API key. Set IMA_API_KEY or run `ima init` (create a key at https://www.imaclaw.ai/imaclaw/apikey), or use "
                    + "--simulate.",
                "没有 API 密钥。请设置 IMA_API_KEY 或运行 `ima init`（生成密钥：https://www.imaclaw.ai/imaclaw/apikey），或使用 --simulate。"]);
        }
        else
        {
            WarnOfVisibleKey();
        }

        Entries = OpenJournal() is { } journal ? new KeptEntries(journal) : null;
        try
        {
            return new ImaImageClient(settings, new ImaImageClientServices
            {
                PrimaryHandler = _handler ?? host.Service,
                TimeProvider = host.Time,
                Logger = Log,
                Journal = Entries,
            });
        }
        catch (OptionsValidationException exception)
        {
            // All values except these were validated with the command line.
            var source = exception.Failures.All(failure => failure.StartsWith(nameof(settings.AdditionalModels), StringComparison.Ordinal))
                ? Samples.AdditionalModels.Variable
                : KeySource?.Name;
            throw new StopException(ExitCode.Key, $"{source}: {string.Join(' ', exception.Failures.Select(Problem))}");
        }
    }

    /// <summary>The sentences of the SDK are in English, and name its properties.</summary>
    private string Problem(string failure) => say[
        failure.Replace($"{nameof(ImaNanoBananaOptions.ApiKey)} ", "The key ", StringComparison.Ordinal)
            .Replace("the SDK", "the program", StringComparison.Ordinal),
        failure.StartsWith(nameof(ImaNanoBananaOptions.ApiKey), StringComparison.Ordinal)
            ? "密钥无效。请检查是否带有引号、空格、变量名或 Bearer，是否为占位符，是否包含两个密钥。密钥页面：https://www.imaclaw.ai/imaclaw/apikey"
            : "模型 ID 无效。请填写以逗号分隔的模型 ID。"];

    private void WarnOfVisibleKey()
    {
        if (KeySource?.Name != ApiKeyOption)
        {
            return;
        }

        Screen.Note(say[
            "Warning: a key given with --api-key is visible in process lists and shell histories. Use IMA_API_KEY instead.",
            "警告：通过 --api-key 传入的密钥会出现在进程列表和命令历史记录中。请改用 IMA_API_KEY。"]);
    }

    private Uri Loopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Scheme == Uri.UriSchemeHttp
            ? uri
            : throw new StopException(ExitCode.Usage, say[
                $"'{address}' is not a simulator address on this machine. Use an address such as http://127.0.0.1:5080/.",
                $"“{address}”不是本机模拟器的地址。示例：http://127.0.0.1:5080/。"]);
}

using System.Runtime.Versioning;
using ImaNanoBanana.Cli.Keys;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>G5. A stored key is private, is never shown, and comes after the command line and the environment.</summary>
public sealed class InitTests : IDisposable
{
    private const string Stored = "stored-key-0123456789";

    private readonly CliRun _ima = new();
    private readonly List<(string Program, string Arguments, string? Input)> _tools = [];

    public InitTests() => _ima.Variables.Remove("IMA_API_KEY");

    private string KeyFile => Path.Combine(_ima.Data, "ima-nano-banana", "api-key");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_is_checked_and_stored_for_its_owner_only(bool isTyped)
    {
        _ima.Typed = isTyped ? $" {Stored}" : null;
        _ima.Input = $"{Stored}\n";

        Assert.Equal(0, await _ima.RunAsync("init"));

        Assert.Equal($"The API key works and is stored: {KeyFile}\n", _ima.Out);
        Assert.Equal(isTyped, _ima.Error.Length > 0);
        Assert.DoesNotContain(Stored, _ima.Out + _ima.Error + await LogAsync(), StringComparison.Ordinal);
        Assert.Equal($"{Stored}{Environment.NewLine}", await File.ReadAllTextAsync(KeyFile, TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }

        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy"));
        Assert.Single(_ima.Service.Charges);
        Assert.DoesNotContain(Stored, _ima.Out + _ima.Error + await LogAsync(), StringComparison.Ordinal);

        await _ima.RunAsync("doctor");
        Assert.Contains($"{KeyFile} (...6789)", _ima.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_and_the_environment_take_precedence()
    {
        await StoreAsync(Stored);
        using var wire = new KeyedService(_ima.Service);
        _ima.Wire = wire;

        _ima.Variables["IMA_API_KEY"] = CliRun.Key;
        await _ima.RunAsync("models", "--api-key", "argument-key-0123456789");
        using var second = new KeyedService(_ima.Service);
        _ima.Wire = second;
        await _ima.RunAsync("models");
        _ima.Variables["IMA_API_KEY"] = " ";
        using var third = new KeyedService(_ima.Service);
        _ima.Wire = third;
        await _ima.RunAsync("models");

        Assert.Equal(
            ["argument-key-0123456789", CliRun.Key, Stored],
            new[] { wire, second, third }.Select(sent => Assert.Single(sent.Keys.Distinct())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two keys")]
    [InlineData("ima_...")]
    [InlineData("\"ima_abc\"")]
    public async Task A_key_that_cannot_be_valid_is_not_stored(string key)
    {
        _ima.Input = key + "\n";

        Assert.Equal(4, await _ima.RunAsync("init"));

        Assert.False(File.Exists(KeyFile));
        Assert.Empty(_ima.Service.Requests);
    }

    [Fact]
    public async Task A_rejected_key_is_not_stored_and_leaves_the_former_one()
    {
        await StoreAsync(Stored);
        _ima.Service.Script("list", new SimulatedFault { Status = 401 });

        Assert.Equal(4, await InitAsync("other-key-0123456789"));

        Assert.Contains(Stored, await File.ReadAllTextAsync(KeyFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_connection_the_key_is_stored_and_said_to_be_unchecked()
    {
        _ima.Service.Script("list", [.. Enumerable.Repeat(new SimulatedFault { Status = 503 }, 3)]);

        Assert.Equal(0, await InitAsync(Stored));

        Assert.Contains("It was not checked", _ima.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(KeyFile));
    }

    [Theory]
    [InlineData("init", "--api-key", "argument-key-0123456789")]
    [InlineData("init", "--simulate")]
    public async Task A_key_is_not_taken_from_the_command_line(params string[] args)
    {
        _ima.Input = Stored;

        Assert.Equal(2, await _ima.RunAsync(args));

        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task A_stored_key_can_be_removed()
    {
        await StoreAsync(Stored);

        Assert.Equal(0, await _ima.RunAsync("init", "--remove"));
        Assert.Equal(4, await _ima.RunAsync("models"));
        Assert.Equal(0, await _ima.RunAsync("init", "--remove"));

        Assert.Equal("No API key is stored.\n", _ima.Out);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_key_that_others_can_read_is_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        await StoreAsync(Stored);
        File.SetUnixFileMode(KeyFile, File.GetUnixFileMode(KeyFile) | UnixFileMode.GroupRead);

        Assert.Equal(4, await _ima.RunAsync("generate", "a puppy"));

        Assert.Contains("chmod 600", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Requests);
        Assert.Equal(0, await _ima.RunAsync("tasks"));
    }

    /// <summary>A stored key that cannot be read must not lead to simulated images.</summary>
    [Fact]
    public async Task On_a_terminal_an_unreadable_key_is_reported()
    {
        await StoreAsync("keyring: secret-tool");
        _ima.IsTerminal = true;

        Assert.Equal(4, await _ima.RunAsync("generate", "a puppy"));

        Assert.Contains("could not be read from secret-tool", _ima.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret-tool")]
    [InlineData("/usr/bin/security")]
    public async Task A_keyring_gets_the_key_by_standard_input(string program)
    {
        UseKeyring(program);

        Assert.Equal(0, await InitAsync("stored-\"key\\0123456789"));

        Assert.Equal($"The API key works and is stored: {program}\n", _ima.Out);
        Assert.Equal(
            $"keyring: {program}{Environment.NewLine}", await File.ReadAllTextAsync(KeyFile, TestContext.Current.CancellationToken));
        Assert.All(_tools, tool => Assert.DoesNotContain("0123456789", tool.Arguments, StringComparison.Ordinal));
        Assert.Contains("0123456789", _tools[0].Input, StringComparison.Ordinal);
        Assert.Equal(0, await _ima.RunAsync("generate", "a puppy"));
        Assert.Equal(0, await _ima.RunAsync("init", "--remove"));
        Assert.Matches("^(clear|delete-generic-password) ", _tools[^1].Arguments);
    }

    [Fact]
    public async Task A_keyring_that_does_not_work_is_replaced_by_the_file()
    {
        _ima.Keyring = Keyring.Libsecret;

        Assert.Equal(0, await InitAsync(Stored));

        Assert.Contains(Stored, await File.ReadAllTextAsync(KeyFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <summary>Without a stored key, and for a simulator, the keyring is not asked: it could ask the user for a password.</summary>
    [Fact]
    public async Task A_keyring_is_asked_only_if_the_key_is_there()
    {
        UseKeyring("secret-tool");
        await _ima.RunAsync("models");
        await InitAsync(Stored);
        _tools.Clear();

        await _ima.RunAsync("models", "--simulate");

        Assert.Empty(_tools);
    }

    public void Dispose() => _ima.Dispose();

    private Task<int> InitAsync(string key)
    {
        _ima.Input = key + "\n";
        return _ima.RunAsync("init");
    }

    private async Task StoreAsync(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        await File.WriteAllTextAsync(KeyFile, text, TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>A keyring that keeps what a program of its kind would keep.</summary>
    private void UseKeyring(string program)
    {
        string? kept = null;
        _ima.Keyring = program == Keyring.Libsecret.Name ? Keyring.Libsecret : Keyring.Keychain;
        _ima.Tools = (name, arguments, input, _) =>
        {
            _tools.Add((name, string.Join(' ', arguments), input));
            if (input is not null)
            {
                var quoted = input.Split(" -w \"");
                kept = quoted.Length == 1
                    ? input
                    : quoted[1].TrimEnd('\n')[..^1]
                        .Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
                return Task.FromResult<string?>("");
            }

            return Task.FromResult(kept is null ? null : kept + "\n");
        };
    }

    private async Task<string> LogAsync()
    {
        var folder = Path.Combine(_ima.Home, ".openclaw", "logs", "ima_skills");
        return string.Concat(
            await Task.WhenAll(
                Directory.GetFiles(folder).Select(file => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))));
    }
}

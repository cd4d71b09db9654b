namespace ImaNanoBanana.Cli.Keys;

/// <summary>
/// Represents the key store of the operating system, as its own command-line program offers it. The key is passed by standard input
/// and never as an argument, because process lists show arguments.
/// </summary>
/// <param name="Name">The name of the program.</param>
internal sealed record Keyring(string Name)
{
    private const string Service = "ima-nano-banana";
    private const string Account = "api-key";

    public required IReadOnlyList<string> StoreArguments { get; init; }

    public required IReadOnlyList<string> FindArguments { get; init; }

    public required IReadOnlyList<string> RemoveArguments { get; init; }

    /// <summary>What the program reads from standard input to store a key.</summary>
    public required Func<string, string> StoreInput { get; init; }

    /// <summary>libsecret, which keeps secrets in the keyring of the desktop session.</summary>
    public static Keyring Libsecret { get; } = new("secret-tool")
    {
        StoreArguments = ["store", "--label=IMA Studio API key", "service", Service, "account", Account],
        FindArguments = ["lookup", "service", Service, "account", Account],
        RemoveArguments = ["clear", "service", Service, "account", Account],
        StoreInput = key => key,
    };

    /// <summary>The keychain of macOS. Its interactive mode reads the command, with the key, from standard input.</summary>
    public static Keyring Keychain { get; } = new("/usr/bin/security")
    {
        StoreArguments = ["-i"],
        FindArguments = ["find-generic-password", "-s", Service, "-a", Account, "-w"],
        RemoveArguments = ["delete-generic-password", "-s", Service, "-a", Account],
        StoreInput = key => $"add-generic-password -U -s {Service} -a {Account} -w \"{Escaped(key)}\"\n",
    };

    /// <summary>The keyring of this machine; null if it has none.</summary>
    public static Keyring? OfThisMachine(Func<string, string?> variable)
    {
        if (OperatingSystem.IsMacOS())
        {
            return Keychain;
        }

        return OperatingSystem.IsLinux() && !string.IsNullOrEmpty(variable("DBUS_SESSION_BUS_ADDRESS")) ? Libsecret : null;
    }

    /// <returns>Whether the key is in the keyring, which is read again to be sure.</returns>
    public async Task<bool> StoreAsync(ToolRunner run, string key, CancellationToken cancellationToken) =>
        await run(Name, StoreArguments, StoreInput(key), cancellationToken) is not null
            && await FindAsync(run, cancellationToken) == key;

    /// <returns>The key; null if the keyring has none or cannot be read.</returns>
    public async Task<string?> FindAsync(ToolRunner run, CancellationToken cancellationToken) =>
        (await run(Name, FindArguments, null, cancellationToken))?.TrimEnd('\r', '\n') is { Length: > 0 } key ? key : null;

    public Task RemoveAsync(ToolRunner run, CancellationToken cancellationToken) => run(Name, RemoveArguments, null, cancellationToken);

    private static string Escaped(string key) =>
        key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}

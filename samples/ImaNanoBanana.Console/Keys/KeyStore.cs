using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Files;

namespace ImaNanoBanana.Cli.Keys;

/// <summary>
/// Stores one API key: in the keyring of the machine, with a file that says so, or else in that file, which only its owner can read.
/// Without the file no keyring is asked.
/// </summary>
internal sealed class KeyStore(CliHost host)
{
    private const string InKeyring = "keyring:";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string _path = new CliPaths(host).Key;

    /// <returns>The stored key, or why it could not be read; null if none is stored.</returns>
    public async Task<KeySource?> FindAsync(Wording say, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_path) & Others) != 0)
            {
                return new(_path)
                {
                    Problem = say[
                        $"Other users can read {_path}. Run `chmod 600` on it, or run `ima init` again with a new key.",
                        $"其他用户可以读取 {_path}。请运行 `chmod 600` 修改权限，或使用新密钥重新运行 `ima init`。"],
                };
            }

            text = (await File.ReadAllTextAsync(_path, cancellationToken)).Trim();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(_path) { Problem = exception.Message };
        }

        if (!text.StartsWith(InKeyring, StringComparison.Ordinal))
        {
            return KeySource.FromText(text, _path) ?? new(_path) { Problem = Missing(_path, say) };
        }

        var name = text[InKeyring.Length..].Trim();
        var key = host.Keyring?.Name == name ? await host.Keyring.FindAsync(host.Tools, cancellationToken) : null;
        return new(name) { Key = key, Problem = key is null ? Missing(name, say) : null };
    }

    /// <returns>Where the key is now.</returns>
    /// <exception cref="IOException">The key could not be stored.</exception>
    /// <exception cref="UnauthorizedAccessException">The key could not be stored.</exception>
    public async Task<string> StoreAsync(string key, CancellationToken cancellationToken)
    {
        if (host.Keyring is { } keyring && await keyring.StoreAsync(host.Tools, key, cancellationToken))
        {
            await WriteAsync($"{InKeyring} {keyring.Name}", cancellationToken);
            return keyring.Name;
        }

        await WriteAsync(key, cancellationToken);
        return _path;
    }

    /// <returns>False if no key was stored.</returns>
    public async Task<bool> RemoveAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
        {
            return false;
        }

        if (host.Keyring is { } keyring)
        {
            await keyring.RemoveAsync(host.Tools, cancellationToken);
        }

        File.Delete(_path);
        return true;
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        OwnerOnly.CreateFolder(Path.GetDirectoryName(_path)!);
        var whole = $"{_path}.{Guid.NewGuid():n}.tmp";
        try
        {
            await using (var file = new FileStream(whole, OwnerOnly.Options(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
            await using (var writer = new StreamWriter(file))
            {
                await writer.WriteLineAsync(text.AsMemory(), cancellationToken);
            }

            File.Move(whole, _path, overwrite: true);
        }
        finally
        {
            File.Delete(whole);
        }
    }

    private static string Missing(string place, Wording say) => say[
        $"The API key that `ima init` stored could not be read from {place}. Run `ima init` again, or set IMA_API_KEY.",
        $"无法从 {place} 读取 `ima init` 保存的 API 密钥。请重新运行 `ima init`，或设置 IMA_API_KEY。"];
}

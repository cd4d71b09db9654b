using System.CommandLine;
using ImaNanoBanana.Cli.Keys;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Setup;

/// <summary>
/// <c>ima init</c>: stores an API key for later runs. The key is read from the terminal or from standard input, is tried with a free
/// request, and is never shown.
/// </summary>
internal sealed class InitCommand(Option<bool> remove)
{
    /// <returns>0 if the key is stored, or removed; 4 if it is not valid or the service rejects it.</returns>
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var say = session.Say;
        var store = new KeyStore(session.Host);
        if (session.Parsed.GetValue(remove))
        {
            session.Screen.Result(await store.RemoveAsync(cancellationToken)
                ? say["The stored API key was removed.", "已删除保存的 API 密钥。"]
                : say["No API key is stored.", "没有保存的 API 密钥。"]);
            return ExitCode.Ok;
        }

        if (session.IsSimulatorRequested || session.KeySource is { Name: Session.ApiKeyOption })
        {
            throw new StopException(ExitCode.Usage, say[
                "`ima init` reads a real key from the terminal or from standard input. Run it without --api-key and without a simulator.",
                "`ima init` 从终端或标准输入读取真实密钥。请勿与 --api-key 或模拟器一起使用。"]);
        }

        var inEnvironment = session.KeySource is { Name: Session.KeyVariable };
        var key = await ReadAsync(session, cancellationToken);
        session.UseKey(new KeySource(say["The key", "该密钥"]) { Key = key });
        var isChecked = await CheckAsync(session, cancellationToken);
        var place = await store.StoreAsync(key, cancellationToken);
        session.Screen.Result(isChecked
            ? say[$"The API key works and is stored: {place}", $"API 密钥有效，已保存：{place}"]
            : say[
                $"The API key is stored: {place}. It was not checked, because the service could not be reached.",
                $"API 密钥已保存：{place}。由于无法连接服务，未验证该密钥。"]);
        if (inEnvironment)
        {
            session.Screen.Note(say[
                "IMA_API_KEY is set and takes precedence over the stored key.", "已设置 IMA_API_KEY，其优先级高于已保存的密钥。"]);
        }

        return ExitCode.Ok;
    }

    private static async Task<string> ReadAsync(Session session, CancellationToken cancellationToken)
    {
        var say = session.Say;
        var read = session.Host.ReadHidden ?? (() => session.Host.In.ReadLine() ?? "");
        if (session.Host.ReadHidden is not null)
        {
            session.Screen.Note(say[
                "Create a key at https://www.imaclaw.ai/imaclaw/apikey, paste it here (it is not shown), and press Enter:",
                "请在 https://www.imaclaw.ai/imaclaw/apikey 生成密钥，粘贴到此处（不会显示），然后按回车："]);
        }

        var key = (await Task.Run(read, cancellationToken).WaitAsync(cancellationToken)).Trim();
        return key.Length > 0 ? key : throw new StopException(ExitCode.Key, say[
            "No API key was given. Nothing was stored.", "未提供 API 密钥，未保存任何内容。"]);
    }

    /// <returns>Whether the service accepted the key; false if it could not be asked.</returns>
    /// <exception cref="ImaException">The service rejected the key.</exception>
    private static async Task<bool> CheckAsync(Session session, CancellationToken cancellationToken)
    {
        var client = session.Client;
        try
        {
            await client.ListModelsAsync(ImageTaskType.TextToImage, cancellationToken);
            return true;
        }
        catch (ImaException exception) when (exception.Kind != ImaErrorKind.Unauthorized)
        {
            return false;
        }
    }
}

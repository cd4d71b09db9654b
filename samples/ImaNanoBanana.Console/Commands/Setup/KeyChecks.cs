using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Setup;

/// <summary>Checks the API key, and the product list, which also tells whether the service accepts the key.</summary>
internal static class KeyChecks
{
    private const int ShownLetters = 4;

    /// <summary>Names the source of the key, and the end of a long key, so that several keys can be distinguished.</summary>
    public static CheckDocument Key(Session session)
    {
        var say = session.Say;
        var name = say["key", "密钥"];
        if (session.IsSimulated)
        {
            return new(name, null, say["not needed for the simulator", "模拟器不需要密钥"]);
        }

        return session.KeySource switch
        {
            null => new(name, false, say["none; set IMA_API_KEY or run `ima init`", "未设置；请设置 IMA_API_KEY 或运行 `ima init`"]),
            { Key: { } key } source => new(
                name, true, say[$"{source.Name} ({Masked(key.Trim())})", $"{source.Name}（{Masked(key.Trim())}）"]),
            var source => new(name, false, source.Problem ?? source.Name),
        };
    }

    /// <returns>The check of the product list, and whether it failed because of the API key.</returns>
    public static async Task<(CheckDocument Check, bool IsRefused)> CatalogAsync(Session session, CancellationToken cancellationToken)
    {
        var name = session.Say["product list", "产品列表"];
        try
        {
            var models = await session.Client.ListModelsAsync(cancellationToken: cancellationToken);
            var count = models.Select(model => model.Model).Distinct().Count();
            var prices = models.Where(model => model.IsCurrent).Sum(model => model.Prices.Count);
            return (
                new(name, prices > 0, session.Say[$"{count} models, {prices} prices", $"{count} 个模型，{prices} 个价格"]), false);
        }
        catch (ImaException exception)
        {
            return (new(name, false, exception.Message), exception.Kind == ImaErrorKind.Unauthorized);
        }
        catch (StopException exception) when (exception.ExitCode == ExitCode.Key && session.Key is null)
        {
            return (new(name, null, session.Say["there is no key", "没有密钥"]), true);
        }
        catch (StopException exception)
        {
            return (new(name, null, exception.Message), exception.ExitCode == ExitCode.Key);
        }
    }

    private static string Masked(string key) => key.Length > 3 * ShownLetters ? $"...{key[^ShownLetters..]}" : "...";
}

using System.CommandLine;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>The options that only a batch has.</summary>
internal sealed class BatchCommandOptions
{
    public BatchCommandOptions(Wording say)
    {
        Budget = new("--budget") { HelpName = "N", Description = say["spend at most so many credits in this run", "本次运行最多消耗的积分"] };
        Concurrency = new("--concurrency") { HelpName = "N", Description = say["how many images at once (4)", "同时生成的图片数量（4）"] };
        Name = new("--name") { HelpName = "NAME", Description = say["the batch; another name buys the lines again. Default: the file's name", "批次名称；换名会重新购买。默认为文件名"] };
        Concurrency.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError(say["--concurrency takes 1 or more.", "--concurrency 至少为 1。"]);
            }
        });
        Budget.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<decimal?>() is < 0)
            {
                result.AddError(say["--budget takes 0 or more.", "--budget 不能为负数。"]);
            }
        });
    }

    public Option<decimal?> Budget { get; }

    public Option<int?> Concurrency { get; }

    public Option<string> Name { get; }
}

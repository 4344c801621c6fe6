import django.db.models.deletion
import sanzi.store.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('access', '__first__'),
        ('campaigns', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TaskTemplate',
            fields=[
                (
                    'id',
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name='ID'
                    ),
                ),
                ('region', models.CharField(max_length=12, verbose_name='制定地区')),
                ('title', models.CharField(max_length=60, verbose_name='名称')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版本')),
                ('note', models.CharField(blank=True, default='', max_length=300, verbose_name='说明')),
                ('lines', models.JSONField(verbose_name='条目')),
                ('retired_at', models.DateTimeField(null=True, verbose_name='停用时间')),
                ('made_at', models.DateTimeField(verbose_name='制定时间')),
                (
                    'made_by',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                'ordering': ('title', '-version'),
                'constraints': [
                    models.UniqueConstraint(
                        models.F('region'),
                        models.F('title'),
                        models.F('version'),
                        name='one_template_of_a_version',
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name='Ladder',
            fields=[
                (
                    'id',
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name='ID'
                    ),
                ),
                ('region', models.CharField(max_length=9, verbose_name='地区')),
                ('rungs', models.JSONField(verbose_name='级次')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('made_at', models.DateTimeField()),
                (
                    'made_by',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                'indexes': [models.Index(fields=['region', 'id'], name='ladders_by_region')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                (
                    'id',
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name='ID'
                    ),
                ),
                ('day', models.DateField(verbose_name='日期')),
                ('lines', models.JSONField(verbose_name='事项')),
                ('sent_at', models.DateTimeField(verbose_name='发出时间')),
                (
                    'person',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    'sent_by',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                'ordering': ('-day',),
                'constraints': [
                    models.UniqueConstraint(
                        models.F('person'), models.F('day'), name='one_reminder_a_day_and_person'
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                (
                    'id',
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name='ID'
                    ),
                ),
                ('region', models.CharField(max_length=9, verbose_name='组织地区')),
                ('title', models.CharField(max_length=60, verbose_name='名称')),
                ('goals', models.TextField(max_length=1000, verbose_name='目标')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('base_on', models.DateField(verbose_name='基准日')),
                ('closed_on', models.DateField(null=True, verbose_name='结束归档')),
                ('summary', models.TextField(blank=True, default='', max_length=2000, verbose_name='总结')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(verbose_name='建立时间')),
                (
                    'made_by',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                'ordering': ('-starts_on', '-pk'),
                'indexes': [models.Index(fields=['region', 'starts_on'], name='campaigns_by_region')],
                'constraints': [
                    models.UniqueConstraint(
                        models.F('region'), models.F('title'), name='one_campaign_of_a_title'
                    ),
                    models.CheckConstraint(
                        condition=models.Q(('ends_on__gte', models.F('starts_on'))),
                        name='a_campaign_ends_after_it_begins',
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                (
                    'id',
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name='ID'
                    ),
                ),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('title', models.CharField(max_length=20, verbose_name='阶段')),
                ('starts_on', models.DateField(verbose_name='开始')),
                ('ends_on', models.DateField(verbose_name='结束')),
                (
                    'campaign',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='phases',
                        to='campaigns.campaign',
                    ),
                ),
            ],
            options={
                'ordering': ('campaign', 'ordinal'),
                'constraints': [
                    models.UniqueConstraint(
                        models.F('campaign'), models.F('ordinal'), name='one_phase_of_an_ordinal'
                    ),
                    models.CheckConstraint(
                        condition=models.Q(('ends_on__gte', models.F('starts_on'))),
                        name='a_phase_ends_after_it_begins',
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name='Aim',
            fields=[
                (
                    'id',
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name='ID'
                    ),
                ),
                ('ordinal', models.PositiveSmallIntegerField(verbose_name='次序')),
                ('metric', models.CharField(max_length=40, verbose_name='指标')),
                (
                    'measure',
                    models.CharField(
                        choices=[
                            ('level', '达到（截至当日的数）'),
                            ('gain', '新增（基准日以来）'),
                            ('ceiling', '不超过（截至当日的数）'),
                        ],
                        max_length=7,
                        verbose_name='口径',
                    ),
                ),
                ('goal', sanzi.store.fields.ScaledField(places=4, verbose_name='总目标')),
                (
                    'campaign',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='aims',
                        to='campaigns.campaign',
                    ),
                ),
            ],
            options={
                'ordering': ('campaign', 'ordinal'),
                'constraints': [
                    models.UniqueConstraint(
                        models.F('campaign'),
                        models.F('metric'),
                        models.F('measure'),
                        name='one_aim_of_a_metric',
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                (
                    'id',
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name='ID'
                    ),
                ),
                ('village', models.CharField(max_length=12, verbose_name='区划代码')),
                ('town', models.CharField(editable=False, max_length=9)),
                ('county', models.CharField(editable=False, max_length=6)),
                ('city', models.CharField(editable=False, max_length=4)),
                ('value', sanzi.store.fields.ScaledField(places=4, verbose_name='目标')),
                ('how', models.JSONField(default=dict)),
                ('set_at', models.DateTimeField()),
                (
                    'aim',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='targets',
                        to='campaigns.aim',
                    ),
                ),
                (
                    'set_by',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                'abstract': False,
                'indexes': [
                    models.Index(fields=['village', 'id'], name='campaigns_t_village_be6570_idx'),
                    models.Index(fields=['town', 'id'], name='campaigns_t_town_d4dae9_idx'),
                    models.Index(fields=['county', 'id'], name='campaigns_t_county_d40bfe_idx'),
                    models.Index(fields=['city', 'id'], name='campaigns_t_city_c10838_idx'),
                ],
                'constraints': [
                    models.UniqueConstraint(models.F('aim'), models.F('village'), name='one_target_a_region')
                ],
            },
        ),
        migrations.AddField(
            model_name='task',
            name='at_most',
            field=models.BooleanField(db_default=False, default=False, verbose_name='不超过'),
        ),
        migrations.AddField(
            model_name='task',
            name='closed_on',
            field=models.DateField(null=True, verbose_name='销号日期'),
        ),
        migrations.AddField(
            model_name='task',
            name='given_at',
            field=models.DateTimeField(null=True, verbose_name='下达时间'),
        ),
        migrations.AddField(
            model_name='task',
            name='given_by',
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='+',
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='handed_by',
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='+',
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='joint_units',
            field=models.CharField(
                blank=True, db_default='', default='', max_length=120, verbose_name='配合单位'
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='judged',
            field=models.CharField(
                choices=[
                    ('evidence', '看佐证'),
                    ('state', '看所办事项的状态（系统核对）'),
                    ('metric', '看指标（系统核对）'),
                ],
                db_default='evidence',
                default='evidence',
                max_length=10,
                verbose_name='完成认定',
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='lead_unit',
            field=models.CharField(
                blank=True, db_default='', default='', max_length=60, verbose_name='牵头单位'
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='look_back_on',
            field=models.DateField(null=True, verbose_name='回头看日期'),
        ),
        migrations.AddField(
            model_name='task',
            name='looked_back_on',
            field=models.DateField(null=True, verbose_name='已回头看'),
        ),
        migrations.AddField(
            model_name='task',
            name='metric',
            field=models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='指标'),
        ),
        migrations.AddField(
            model_name='task',
            name='needs_above',
            field=models.BooleanField(db_default=False, default=False, verbose_name='需上级解决'),
        ),
        migrations.AddField(
            model_name='task',
            name='on',
            field=models.CharField(
                blank=True, db_default='', default='', max_length=80, verbose_name='所办事项'
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='person',
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='+',
                to=settings.AUTH_USER_MODEL,
                verbose_name='责任人',
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='problem',
            field=models.CharField(
                blank=True, db_default='', default='', max_length=300, verbose_name='问题'
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='progress',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name='进度（%）'),
        ),
        migrations.AddField(
            model_name='task',
            name='reopened',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name='重新打开次数'),
        ),
        migrations.AddField(
            model_name='task',
            name='returned_because',
            field=models.CharField(
                blank=True, db_default='', default='', max_length=200, verbose_name='退回原因'
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='role',
            field=models.CharField(
                blank=True, db_default='', default='', max_length=30, verbose_name='责任岗位'
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='source',
            field=models.CharField(
                blank=True, db_default='', default='', max_length=120, verbose_name='来源'
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='stage',
            field=models.CharField(
                choices=[
                    ('given', '待接办'),
                    ('doing', '办理中'),
                    ('handed', '待验收'),
                    ('struck', '已销号'),
                    ('dropped', '已撤销'),
                ],
                db_default='given',
                default='given',
                max_length=10,
                verbose_name='状态',
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='standard',
            field=models.CharField(
                blank=True, db_default='', default='', max_length=300, verbose_name='完成标准'
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='struck_by',
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='+',
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name='task',
            name='template',
            field=models.CharField(blank=True, db_default='', default='', max_length=60, verbose_name='模板'),
        ),
        migrations.AddField(
            model_name='task',
            name='campaign',
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name='tasks',
                to='campaigns.campaign',
            ),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['town', 'stage', 'due_on'], name='tasks_by_town_and_stage'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['village', 'stage', 'due_on'], name='tasks_by_village_and_stage'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['person', 'stage'], name='tasks_by_person'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['on'], name='tasks_by_thing'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(
                models.F('village'),
                models.F('source'),
                condition=models.Q(('source', ''), _negated=True),
                name='one_task_per_source',
            ),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ('struck_by', None),
                    models.Q(('struck_by', models.F('handed_by')), _negated=True),
                    _connector='OR',
                ),
                name='nobody_strikes_off_what_they_handed_in',
            ),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(('stage', 'struck'), _negated=True),
                    models.Q(('closed_on__isnull', False), ('struck_by__isnull', False)),
                    _connector='OR',
                ),
                name='a_struck_task_says_by_whom_and_when',
            ),
        ),
        migrations.CreateModel(
            name='TaskStep',
            fields=[
                (
                    'id',
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name='ID'
                    ),
                ),
                ('village', models.CharField(max_length=12, verbose_name='区划代码')),
                ('town', models.CharField(editable=False, max_length=9)),
                ('county', models.CharField(editable=False, max_length=6)),
                ('city', models.CharField(editable=False, max_length=4)),
                ('step', models.CharField(max_length=12, verbose_name='步骤')),
                (
                    'stage',
                    models.CharField(
                        choices=[
                            ('given', '待接办'),
                            ('doing', '办理中'),
                            ('handed', '待验收'),
                            ('struck', '已销号'),
                            ('dropped', '已撤销'),
                        ],
                        max_length=10,
                        verbose_name='状态',
                    ),
                ),
                ('at', models.DateTimeField()),
                ('words', models.CharField(blank=True, default='', max_length=500, verbose_name='意见')),
                ('facts', models.JSONField(default=dict)),
                (
                    'by',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name='+',
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    'task',
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='campaigns.task'
                    ),
                ),
            ],
            options={
                'abstract': False,
                'indexes': [
                    models.Index(fields=['village', 'id'], name='campaigns_t_village_7769f8_idx'),
                    models.Index(fields=['town', 'id'], name='campaigns_t_town_e18242_idx'),
                    models.Index(fields=['county', 'id'], name='campaigns_t_county_93d027_idx'),
                    models.Index(fields=['city', 'id'], name='campaigns_t_city_d1061c_idx'),
                    models.Index(fields=['task', 'id'], name='task_steps'),
                ],
            },
        ),
    ]

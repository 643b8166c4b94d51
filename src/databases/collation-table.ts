/**
 * How utf8mb4_0900_ai_ci weighs letters, where Unicode's compatibility decomposition in lower case does not say it: the
 * primary weights of the Default Unicode Collation Element Table, version 9, by letter, since MySQL takes none of its
 * contractions. Numbers are of base 36. A range is what its start is ahead of the end before, and how many more follow.
 */

/** Letters that Unicode has since, with a decomposition or a case: each weighs by its number. */
export const NEWER = [
  '5mx 7:16 3:2 31s 1cg n21 2 2 2 2 2 2:3 2 2:1 2 2 2 2 2 2 2 2 l:4 ok hs7:a 2:e 2:6 2:1 1g r bh:4 2:15 2:8',
  '13q:l 17i 2 9 3 1g 2:1 12o e7d:7 2f4:2 5y:v 1t:o ila:z 3sn:1p 3cv 22s:9',
].join(' ')

/** Letters that weigh nothing. */
export const IGNORABLE = [
  '0:8 6:h 2o:5 2:p e gj:1r 3 3:t 81:6 7c:18 2 2:1 2:1 2 1l:5 b:a 2 10 b:k h 2u:7 2:5 3:1 2:3 y 2 v:q 4h:8 7',
  'u:1 3:h 18:2 3d:1b 1l l:3 19:2 1l 1x:2 1l 1g:1 g:2 1l 1x:2 1l 1y 3i:3 3i:2 1l 1x:2 3j:1 5g:7 3e:5 23:1 s 2 2',
  '5:1 1r:1 3:1 3:1 1r 34:2 md:2 ut:1 h:b 2 a 19:4 8b:2 8p:8 3 1d:e 1u:4 1c 1j:8 d:2 2s 29 49:o 5 5:2 4:1 5j:9',
  '2:6 10 6:4 ek:4 r:4 1e:4 2:9 2p:w 2db:2 3y iz:5 2y:1 n9x:3 a:1 37:1 7u 39:1 1w r:h 1m:2 2b:3 1c 7g 2 8b fn6',
  'ki:f h:f 1w 3w 6y:2 ea 6b 1f1:2 15:2 4r:1 10a:2 3i:2 1k 3 1v:2 35 d:2 20:2 2w 2:1 7 4h a n:3 1l 16:6 4:4',
  '5r:3 3d:2 2 6x:2 2 3h:1 2 2z:1 b 139:2 3b:1 fga:4 1o:6 g2v:1 2:3 43m:4 4:l 3:6 v:3 45:2 1j0:1i 5:1d 9 f n:4',
  '2:e 2sh:6 32:6 gzav v:2n 3l:6n',
].join(' ')

/** Ranges that weigh as one that starts at another letter: `start:other:more`. */
export const ALIASES = [
  '6o:2s 8:33 p:2s m:2w r:30 f5:2p 1:2t 1:2x 1:33 1:39 1:2r:1 1:2w 1:31 1:36 1:38 1:3a 1:3c 2c:qq 5q:tv 96:15m',
  '3:15p 2:15r 4:15v 2:15x 3e:1c:9 b:17l 35:18o 1:18q a:1c:9 4:17l 1:18l m:1eb 8:1ej 8:1er 3:1eu 6:1ea:1 1:1ed',
  '41:1c:9 v:1jq:1 1:1jt 5f:17r 55:1c:9 3b:1c:9 3b:1c:9 3b:1c:9 3b:1c:9 3b:1c:9 3b:1c:9 9:1c:3 1:1d:2 2w:1c:9',
  '3b:1c:9 3b:1c:9 2p:1c:9 3b:1c:9 1z:1c:9 1:1d:8 1:1c 1j:31e 28:33h 1:33l:1 34:36z k:1c:9 1z:1c:9 k0:1d:8 lr:w',
  'x:4gw 3:4gy 1:4gy 2:4h2 2:4h4 3:4h4 1:4h4 1:4h4 5:4he 1:4he 1:4he 1:4he 5:4hm 1:4hm 1:4hm 2:4hq 1:4hq 2:4ht',
  '2:4hv 2:4hx 5:4i2 1:4i2 1:4i2 1:4i2 2:4i7 1:4i7 2:4ia 1:4ia 1:4i0 3:4if 1:4if 2:4ii 2:4ik a:4iu 1:4iu 1:4hl',
  '1:4i2 6u:1c:9 7:1c:9 n:1c:9 8d:1c:9 3l:1c:9 1:1d 3i:55y 1:55y 1:56j 1:56j 9:57n s:1c:9 7:1c:9 53:1c:9',
  '2f:1c:9 1:5fn 4:5fu 1:5g9 2:5hc 2:5he 1:5he 2:5hh 2:5hj 2:5hl 2:5hn 1:5hn 2:5hq 4:5hu 2:5hw 2:5hy 2:5i0',
  '1:5i0 2:5i3 3:5i6 9:5if 3:5ii 2:5ik 2:5im 29:1c:9 7:1c:9 13:tu 1:tw 1:u6 1:u9:1 1:ua 1:ui 1:v7 2r:5pl 1:5pl',
  '1:5pl 2:5pl 1:5pl 1:5pl 1:5pl 2l:5qh 17:2v 29:36 9:2p 4:2r:1 1:2s 1:2v 1:gy 1:2z:1 1:in 1:5ql 1:32 1:hg 1:hs',
  '2:37 1:37 1:3e 1:gh 1:2q 2:gp 1:2u 2:33:1 1:hv 1:39 1:3b 1:2p 1:33 1:39 pd:1i og:1d:8 2:1c hj:1d:8 2:1d:8',
  '2:1d:8 18u:tt:3 1:ty:1 1:u2:8 1:ud:4 1:vn 2:ts 1:tx 2:5mw 1:v7 1:um 2:vb 1:vf 1:vh 3y:970 3:972:1 k:97o',
  'e:981 1:981:1 2:986 8:98e 1:98e 7:98m 6:98s 1:98s h:99a j:99t 7p:1c q:1d:8 9:9ip 2:9ir e:9j5 2:9j7 2:9j9',
  '2:9jb 2:9jd q:9k3 w:9kz 2:9l1 2:9l3 7:9la 6:9jf 1:9jl b:9j5 1:9j5 1:9j7 1:9j7 1:9j9 1:9j9 1:9jb 1:9jb 1:9jd',
  '1:9jd 1:9jf 2:9jh 2:9jj 2:9jl 2:9jn 2:9jp 2:9jr 2:9jt 2:9jv 2:9jx 2:9jz 2:9k1 2:9k3 1:9k3 2:9k6 2:9k8',
  '2:9ka:5 3:9ki 3:9kl 3:9ko 3:9kr 3:9ku:5 1:9kz 1:9l1 1:9l1 1:9l3 1:9l3 1:9l5:5 1:9la 1:9lc:3 2:9jf 1:9jl',
  '4q:9ol 1:9p3 1:9ow 1:9ot 2:9t0 2:9p7 1:9pk 1:9p6 1:9pj:1 3:9pa 1:9pc 4:9pj 1:9om 1:9oq 1:9ou:1 1l:9jj 1:9jr',
  '1:9jt 1:9k8 1:9kc 1:9kf 1:9ki 1:9kl 1:9ko 1:9kr 1:9kw 1:9l5:4 5kd:97q a:96o z:96s 1:96r 1:96q 2o:96t jr:96u',
  '2m:96v w:96w 2:96x 9m:96y d:96z p:96p 1ot:970 j:972:1 cw:976 3r:977 5y:979 1:978 36:97b 1:97a i0:97c kp:97d',
  '4s:97f 4:97g 83:97h vm:97i 47:97k 10:97l 5:97m tu:97n cf:97o 1c:97r 2a:97s 66:97t e8:97u 9v:97v gc:97w:1',
  'ce:97y e8:97z bq:980 4z:982 1:981 1j:986 1:988 3b:989 3h:98b 1:98a 9:98c ab:98d 3h:98e r9:98h eu:98i 7v:98k',
  '1:98j 1t:98l h:98m cu:98o al:98p 46:98q c3:98r 28:98s 63:98v s4:98w 6q:98x:1 7:98z 2x:990 1g:991:1 5n:993',
  '2y:994 44:995 3z:996 2h:997 g:998:2 3n:99c 1f:99d 5y:99e 1o:99f 44:99g 8w:99h bn:99i 2e:99j 1d:99k u:99l',
  '1m:99m 24:99n 6:99o 2:99p 19:99q e:99r c:99s 3:99t 19w:wns 1:woa 1:wp3 e:1c:9 1:woe 1:wr5 u:92w 2:5mw c:930',
  'i:u6 2:u6 2:u6 1:u6 6:us 1:u0 1:uu 1:ub 1:ui:2 1:v5 u:u6 2:u6 3:uc 1:v9 58:5wj k:5w2 b:2s 2:2u 7:36 2:37',
  '2:38 k:2p 2:33 2:39 2:2v 2:2z 2:32 2:36 2:37 c:5wp 7v:1c:9 q:xde 1:xde 1:xde 1:xde 1:xde 9:1c:9 4j:xij',
  '10:1c:9 n:1c:9 2f:1c:9 67:5ws 54:1c:9 gsu:1d:8 1f:1d 1:1h 5:1h 7:1h 9:1d 1:1d 1:1d:1 1:1e 1:1e 1:1e 1:1h',
  'k:1h n:1c 9j:1d:8 1j:1d 1:1h 2d:1f80 1:1f83 1:1f87 1:1f8d 1:1f8h 2f:1d:1 5q:1c:9 q7:1d:2 k:1g8d b:1d:4',
  '4:1g8w 2:1g8y 4:1g92 6:1g98 2:1g9a 2:1g9c 2:1g9e 2:1g9g 8:1g9o a:1d:3 1:1g:1 27:1d 1:1h q:1d 4:1e:1 30:1gg6',
  '4:1gga 2:1ggc 2:1gge 5:1ggj 5:1ggo 2:1ggq 5:1gg0:6 1:1gg8:2 1:1ggc 1:1gge 1:1ggg:3 1:1ggj 1:1ggl:3 1:1ggq',
  '1:1ggs:1 9:1d:8 3c:1d:3 1m:1d w:1d 17:1gp3 z:1d 1:1h 1u:1grx 16:1d:3 t:1d:3 1a:1d:3 2d:1gxs 3:1gxv 4:1gxz',
  '2:1gy1 2:1gy3 2:1gy5 2:1gy7 2:1gy9 3:1gyc 2:1gye 2:1gyg 2:1gyi 2:1gyk 2:1gym 6:1gys 2:1gyu 2:1gyw 2:1gyy',
  '3:1gz1 5:1gz6 2:1gz8 2:1gza 2:1gzc 2:1gze 5:1gzj 2:1gzl 2:1gzn 2:1gzp 3f:1h34 9:1h3d 1:1h3d 6:1h3k b:1h3v',
  '2:1h3x 1:1h3x 4:1h42 8:1h4a 2:1h4c d:1d 1:1h 9x:1d:8 dm:1d:8 c:1c:9 3l:1c:9 1p:1c:9 41:1c:9 8:1d:8 7b:1c:9',
  '9j:1c:9 3b:1c:9 73:1ite 1:1ite:2 1:1iuq:1 37:1c:9 2v:1c:9 1o:1j44 h:1j4l q:1c:9 br:1c:9 o7:1c:9 1:1d:8',
  '1i6:1e:7 1:1f:6 1:1g:5 1:1d:8 1:1d:4 1:1e:1 1:1f:6 1:1d:2 1:1f:2 3:1d:2 1:1f:2 1:1f 1:1f:1 1:1g 1:1g 1:1g',
  '1:1i:1 1:1j 1:1j:1 1:1k:1 1:1l 1:1l 1:1l 1:1e:4 1:1d:3 1:1g:1 1:1h 1:1e:1 1:1d:1 g:1g:5 dte:1c:9 6f:1c:9',
  'q5:20hw d:20i8 i:20ir q:20jh js1:1d:8 2hk:8q8:6 2:8qg:g 3:8qz:6 2:8r7:1 2:8ra:4 1p9:1d:8 3l:1c:9 1iq:1c 1:1c',
  '1w:2p:p 7:2p:p 1:34 r:2s',
].join(' ')

/** Letters that weigh as several. */
export const SEVERAL = [
  '67:37.37 6e:2p.2t 9f:33.2t b1:3e.3b ce:38.37 fs:2s.2q ft:35.34 ir:2s.3e is:2s.ia it:2s.i9 iu:38.37 iv:38.hv',
  'iw:38.gl ix:2u.97 iy:30.37 iz:30.3e rb:qi.q9.qh 168:15h.15h 169:15h.15l 16a:15l.15l 1xq:1wk.1xp 2mm:2ls.2ml',
  '2ms:2lq.2ml 2mt:2lr.2ml 2mu:2lw.2ml 2nu:2lf.2ml 2nv:2lk.2ml 2nw:2ls.2ml 2nx:2lu.2ml 2ny:2lv.2ml 2nz:2l1.2ml',
  '2yo:31k.324 37j:36m.37d.36m 4j2:4hx.4ii 4j3:4if.4if 4j4:4h2.4h2 4yl:4y0.4yx 4ym:4y3.4yy 53y:524.52u',
  '53z:524.52u.535 578:56u.57k.56u 5tm:38.2w 5w4:2p.2t 5w5:2p.33 5w6:2p.3a 64b:30.30 6kt:2p.1b.37 7aj:1d.1d',
  '7ak:1d.1e 7al:1d.1f 7am:1d.1g 7an:1d.1h 7ao:1d.1i 7ap:1d.1j 7aq:1d.1k 7ar:1d.1l 7as:1e.1c 7b2:1d.1c',
  '7sv:1d.1c 7t5:1d.1c 7tf:1d.1c 8v8:8t1.8sh.8sz 92t:u9.ua 9hi:9jr.9kx 9j0:9ku.9jt 9xk:1d.1c 9xl:1e.1c',
  '9xm:1f.1c 9xn:1g.1c 9xo:1h.1c 9xp:1i.1c 9xq:1j.1c 9xr:1k.1c wsz:wlo.wsr wt0:wm6.wsr wt1:wmr.wsr wt2:wnb.wss',
  'wt3:wnm.wsr wt4:wns.wss wt5:wnu.wss wt6:wo0.wsr wt7:wp1.wsr wt8:wqc.wsr wt9:wqz.wsr wta:wr5.wss wtb:wrc.wsr',
  'x0p:38.3e x0z:2p.2p x11:2p.33 x13:2p.39 x15:2p.3a x17:2p.3a x19:2p.3d x1r:33.33 x29:3a.3d 16lg:3df.3fl',
  '16lh:3df.3fl.3hk 16li:3df.3fl.3hl 16lj:3df.3fl.3hm 16lk:3df.3fl.3hn 16ll:3df.3fl.3ho 16lm:3df.3fl.3hp',
  '16ln:3df.3fl.3hq 16lo:3df.3fl.3hr 16lp:3df.3fl.3hs 16lq:3df.3fl.3ht 16lr:3df.3fl.3hu 2qa3:2x.2r 2qa4:34.2p',
  '2qa5:37.2p 2qa6:2p.2q 2qa7:3b.2r 2qa9:2r.30 2qaa:2r.33.33.30 2qab:2u.36.2t.2t 2qac:2x.2s 2qad:32.2t.3b',
  '2qae:32.2v 2qaf:33.2z 2qag:37.33.37 2qah:39.34.x 2qai:3a.37 2qaj:1f.2s 2qak:1e.32.2s.w.37.2r.36 2qal:1e.2z',
  '2qam:1g.2z 2qan:1k.2z 2qao:1h.1a.1d 2qap:1j.1a.1d 2qaq:1e.1e.1a.1e 2qar:1i.1c.34 2qas:1d.1e.1c.34 2qau:2w.2r',
  '2qav:2w.2s.36 2qaw:2w.2x.w.36.2t.37 2qax:30.33.37.37.30.2t.37.37 2qay:37.2w.3a 2qaz:39.2w.2s 2qb0:3a.33.2s',
].join(' ')

/** Letters that weigh otherwise than what they decompose into. */
export const WHOLE = [
  '4o:4o 4v:4v 50:50 54:54 8v:30 8w:30 k8:k8 k9:k9 ka:ka kb:kb kc:kc kd:kd oq:qh p0:50 p1:4o t5:t5 u1:t5',
  '17m:17m 17n:17n 17o:17o 17p:17p 17q:17q 1xn:1xn 1xo:1xo 288:288 28b:28b 28c:28c 2ac:2ac 2bu:2bu 2bv:2bv',
  '2bw:2bw 2fc:2fc 2io:2io 2iv:2iv 2iw:2iw 2iy:2iy 2iz:2iz 2mi:2mi 2mj:2mj 2mk:2mk 2qi:2qi 2qk:2qk 2ql:2ql',
  '2qm:2qm 2sz:2sz 2wj:2wj 31v:31v 31x:31x 31y:31y 31z:31z 320:320 321:321 329:329 36u:36u 5c6:5c6 5c8:5c8',
  '5ca:5ca 5cc:5cc 5ce:5ce 5ci:5ci 5dn:5dn 5dp:5dp 5ds:5ds 5dt:5dt 5dv:5dv 5sc:5qg 69p:69p 69r:69p 69s:69s',
  '69t:4o 6a5:69p 6a6:69p 6a7:69p 6al:6al 6am:6al 6an:6al 6b1:4o 6b2:4o 6bh:50 6bi:6al 6c7:6c7 6da:6da 8z3:8z3',
  '9ln:9ln 9lo:9lo 1dre:17q.17r 1drf:17q.17r 1drg:17q.1cl 1drh:17q.1cl 1dri:17q.18o 1drj:17q.18o 1drk:17q.1c7',
  '1drl:17q.1c7 1drm:17q.1c6 1drn:17q.1c6 1dro:17q.1c8 1drp:17q.1c8 1drq:17q.1cg 1drr:17q.1cg 1drs:17q.1cg',
  '1drt:17q.18p 1dru:17q.18p 1drv:17q.18p 1ds0:17q.17w 1ds1:17q.17x 1ds2:17q.18l 1ds3:17q.18p 1ds4:17q.18q',
  '1dum: 1dun: 1duo: 1dup: 1duq: 1dur: 1dus:17q.181 1dut:17q.182 1duu:17q.18l 1duv:17q.18m 1duw:17q.18p',
  '1dux:17q.18q 1dw7:17q.17w 1dw8:17q.17x 1dw9:17q.17y 1dwa:17q.18l 1dwb:17q.18n 1dy7:17q.18l 1dy8:17q.18n',
  '1e62:185.18k.18p.w.17r.18k.18k.18n 1e89:6da 1e8a:6da 1e8b:6da 1e8c:6da 1e9c: 1e9e: 1e9g: 1e9i: 1e9k: 1e9m:',
  '1e9o: 1e9q: 1e9t:17m 1e9u:17m 1e9v:17n 1e9w:17n 1e9x:17o 1e9y:17o 1e9z:17p 1ea0:17p 1ea1:17q 1ea2:17q',
  '1ea3:17q 1ea4:17q 1ed1:18k.17m 1ed2:18k.17m 1ed3:18k.17n 1ed4:18k.17n 1ed5:18k.17p 1ed6:18k.17p 1ejn:4v',
  '1hym:1hym 1hyn:1hyn 1idn:1idn 1ido:1ido 1inv:1inv 1inw:1inw 1iny:1iny 1iuy:1iuy 1iuz:1iuz',
].join(' ')
